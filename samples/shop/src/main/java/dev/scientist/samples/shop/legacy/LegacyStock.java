package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Availability;
import dev.scientist.spring.ParallelRun;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks up how many of a product are available, and which warehouse has most of them. */
@Service
public class LegacyStock {

    private record Place(String warehouse, int quantity) {}

    private final JdbcTemplate jdbc;

    LegacyStock(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // With a Mono each subscription is a call, and the value of the Mono is compared. A late candidate is cancelled,
    // not interrupted.
    @ParallelRun(name = "stock.availability", candidate = "rewrittenStock")
    public Mono<Availability> availability(String sku) {
        return Mono.fromCallable(() -> lookUp(sku)).subscribeOn(Schedulers.boundedElastic());
    }

    private Availability lookUp(String sku) {
        StringBuilder sql = new StringBuilder("SELECT s.warehouse, s.quantity FROM product p");
        sql.append(" LEFT JOIN stock s ON s.sku = p.sku WHERE p.sku = ? ORDER BY s.quantity DESC, s.warehouse");
        List<Place> places = jdbc.query(
                sql.toString(), (row, i) -> new Place(row.getString("warehouse"), row.getInt("quantity")), sku);
        if (places.isEmpty()) {
            throw new NoSuchElementException("no product " + sku);
        }
        int quantity = 0;
        String warehouse = null;
        for (Place place : places) {
            if (place.quantity() > 0) {
                quantity += place.quantity();
                if (warehouse == null) {
                    warehouse = place.warehouse();
                }
            }
        }
        return new Availability(sku, quantity, warehouse);
    }
}
