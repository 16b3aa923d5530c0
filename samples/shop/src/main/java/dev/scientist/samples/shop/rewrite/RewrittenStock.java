package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.Availability;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks up how many of a product are available. */
@Service
final class RewrittenStock {

    private record Place(String warehouse, int quantity) {}

    private final JdbcClient jdbc;

    RewrittenStock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Mono<Availability> availability(String sku) {
        return Mono.fromCallable(() -> find(sku))
                .subscribeOn(Schedulers.boundedElastic())
                // Goods may be booked in at this moment, so look again before a customer is told that there are none.
                .filter(availability -> availability.quantity() > 0)
                .repeatWhenEmpty(again -> again.take(3).delayElements(Duration.ofMillis(300)))
                .defaultIfEmpty(new Availability(sku, 0, null));
    }

    private Availability find(String sku) {
        List<Place> places = jdbc.sql("""
                        SELECT warehouse, quantity FROM stock
                        WHERE sku = :sku AND quantity > 0
                        ORDER BY quantity DESC, warehouse
                        """).param("sku", sku).query(Place.class).list();
        if (places.isEmpty()) {
            requireProduct(sku);
            return new Availability(sku, 0, null);
        }
        int quantity = places.stream().mapToInt(Place::quantity).sum();
        return new Availability(sku, quantity, places.get(0).warehouse());
    }

    private void requireProduct(String sku) {
        if (jdbc.sql("SELECT sku FROM product WHERE sku = :sku")
                .param("sku", sku)
                .query(String.class)
                .optional()
                .isEmpty()) {
            throw new NoSuchElementException("no product " + sku);
        }
    }
}
