package dev.scientist.samples.shop.rewrite;

import static java.util.Comparator.comparing;

import dev.scientist.samples.shop.domain.OrderDetail;
import dev.scientist.samples.shop.domain.OrderSummary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Lists and shows orders. */
@Service
public final class RewrittenOrders {

    private record Head(LocalDate placedOn, String status, String card) {}

    private record Item(int position, String sku, int quantity, BigDecimal unitPrice) {}

    private final JdbcClient jdbc;

    RewrittenOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public OrderDetail detail(long orderId) {
        Head head = jdbc.sql("SELECT placed_on, status, card FROM orders WHERE id = :id")
                .param("id", orderId)
                .query(Head.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no order " + orderId));
        List<OrderDetail.Line> lines = items(orderId).stream().map(this::line).toList();
        BigDecimal total = lines.stream()
                .map(line -> line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new OrderDetail(orderId, head.placedOn(), head.status(), head.card(), lines, total.stripTrailingZeros());
    }

    public Flux<OrderSummary> history(long customerId) {
        return Flux.defer(() -> Flux.fromStream(summaries(customerId).stream()
                        .sorted(comparing(OrderSummary::placedOn).reversed())))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private List<OrderSummary> summaries(long customerId) {
        return jdbc.sql("""
                        SELECT o.id, o.placed_on, o.status, COUNT(*) AS lines, SUM(l.quantity * l.unit_price) AS total
                        FROM orders o JOIN order_line l ON l.order_id = o.id
                        WHERE o.customer_id = :customer
                        GROUP BY o.id, o.placed_on, o.status
                        ORDER BY o.id
                        """)
                .param("customer", customerId)
                .query(OrderSummary.class)
                .list();
    }

    private List<Item> items(long orderId) {
        return jdbc.sql(
                        "SELECT position, sku, quantity, unit_price FROM order_line WHERE order_id = :id ORDER BY position")
                .param("id", orderId)
                .query(Item.class)
                .list();
    }

    private OrderDetail.Line line(Item item) {
        return new OrderDetail.Line(item.position(), item.sku(), title(item.sku()), item.quantity(), item.unitPrice());
    }

    private String title(String sku) {
        return jdbc.sql("SELECT title FROM product WHERE sku = :sku")
                .param("sku", sku)
                .query(String.class)
                .single();
    }
}
