package dev.scientist.samples.shop.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scientist.samples.shop.ShopTest;
import dev.scientist.samples.shop.domain.NewOrder;
import dev.scientist.samples.shop.domain.OrderDetail;
import dev.scientist.samples.shop.domain.QuoteRequest.Item;
import dev.scientist.testing.RecordingPublisher;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ShopTest
class LegacyOrdersTest {

    @Autowired
    private LegacyOrders orders;

    @Autowired
    private RecordingPublisher recording;

    @Test
    void anOrderIsPlacedOnceAndIsNoExperiment() {
        long id = orders.place(
                new NewOrder(9001, "4000 0000 0000 0001", List.of(new Item("B-00", 2), new Item("T-50", 1))));

        assertThat(recording.trials()).isEmpty();
        assertThat(orders.detail(id).getLines())
                .extracting(OrderDetail.Line::sku)
                .containsExactly("B-00", "T-50");
    }

    @Test
    void anOrderOfWhatIsNotSoldLeavesNothingBehind(@Autowired JdbcTemplate jdbc) {
        NewOrder order = new NewOrder(9002, "4000 0000 0000 0002", List.of(new Item("B-00", 1), new Item("B-99", 1)));

        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> orders.place(order));
        assertThat(jdbc.queryForList("SELECT id FROM orders WHERE customer_id = 9002"))
                .isEmpty();
    }

    @Test
    void theCardMayBeMaskedWhileTheSidesAreCompared() {
        OrderDetail detail = orders.detail(7);

        detail.setCard("****");

        assertThat(recording.trials()).hasSize(1);
    }
}
