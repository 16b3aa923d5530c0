package dev.scientist.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Verdict;
import dev.scientist.samples.shop.domain.Availability;
import dev.scientist.samples.shop.legacy.LegacyOrders;
import dev.scientist.samples.shop.legacy.LegacyStock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Shows each defect that was put into the reactive half of the rewrite, with the deadlines of application.yaml. */
@ShopOverHttp
@Tag("database")
class ReactiveDefectsTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TrialQueue trials;

    @Test
    void theOrderOfRows(@Autowired LegacyOrders orders) throws InterruptedException {
        Long customer = jdbc.queryForObject(
                "SELECT MIN(o.customer_id) FROM orders o JOIN orders p"
                        + " ON p.customer_id = o.customer_id AND p.placed_on = o.placed_on AND p.id < o.id"
                        + " WHERE o.id <= 600",
                Long.class);

        orders.history(customer).blockLast();

        assertThat(trials.has("orders.history", Difference.Kind.REORDERED)).isTrue();
    }

    @Test
    void theSlowPath(@Autowired LegacyStock stock) throws InterruptedException {
        String soldOut = jdbc.queryForObject(
                "SELECT MIN(sku) FROM product WHERE sku NOT IN (SELECT sku FROM stock WHERE quantity > 0)"
                        + " AND sku LIKE '_-__'",
                String.class);

        Availability availability = stock.availability(soldOut).block();

        assertThat(availability).isEqualTo(new Availability(soldOut, 0, null));
        assertThat(trials.has("stock.availability", Verdict.TIMED_OUT)).isTrue();
    }
}
