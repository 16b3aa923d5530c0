package dev.scientist.samples.shop.legacy;

import static java.util.Objects.requireNonNull;

import dev.scientist.samples.shop.domain.NewOrder;
import dev.scientist.samples.shop.domain.OrderDetail;
import dev.scientist.samples.shop.domain.OrderSummary;
import dev.scientist.samples.shop.domain.QuoteRequest.Item;
import dev.scientist.samples.shop.rewrite.RewrittenOrders;
import dev.scientist.spring.ParallelRun;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Places, lists and shows orders. */
@Service
public class LegacyOrders {

    private record Head(LocalDate placedOn, String status, String card) {}

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    LegacyOrders(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    // The candidate is given by its type: one bean has this type, and a renaming in the IDE changes it here too.
    @ParallelRun(name = "orders.detail", candidateType = RewrittenOrders.class, options = "orderDetailOptions")
    public OrderDetail detail(long orderId) {
        StringBuilder sql = new StringBuilder("SELECT o.placed_on, o.status, o.card,");
        sql.append(" l.position, l.sku, p.title, l.quantity, l.unit_price FROM orders o");
        sql.append(" JOIN order_line l ON l.order_id = o.id JOIN product p ON p.sku = l.sku");
        sql.append(" WHERE o.id = ? ORDER BY l.position");
        List<Head> heads = new ArrayList<>();
        List<OrderDetail.Line> lines = new ArrayList<>();
        jdbc.query(
                sql.toString(),
                row -> {
                    // The head is the same in each row.
                    heads.add(new Head(
                            row.getDate("placed_on").toLocalDate(), row.getString("status"), row.getString("card")));
                    lines.add(new OrderDetail.Line(
                            row.getInt("position"),
                            row.getString("sku"),
                            row.getString("title"),
                            row.getInt("quantity"),
                            row.getBigDecimal("unit_price")));
                },
                orderId);
        if (heads.isEmpty()) {
            throw new NoSuchElementException("no order " + orderId);
        }
        Head head = heads.get(0);
        return new OrderDetail(orderId, head.placedOn(), head.status(), head.card(), lines, total(lines));
    }

    private static BigDecimal total(List<OrderDetail.Line> lines) {
        BigDecimal total = BigDecimal.ZERO;
        for (OrderDetail.Line line : lines) {
            total = total.add(line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())));
        }
        return total;
    }

    // The elements of a Flux are compared as a list, once both sides are complete. The caller gets each element as it
    // comes.
    @ParallelRun(name = "orders.history", candidateType = RewrittenOrders.class)
    public Flux<OrderSummary> history(long customerId) {
        return Flux.defer(() -> Flux.fromIterable(read(customerId))).subscribeOn(Schedulers.boundedElastic());
    }

    private List<OrderSummary> read(long customerId) {
        StringBuilder sql = new StringBuilder("SELECT o.id, o.placed_on, o.status, COUNT(*) AS line_count,");
        sql.append(" SUM(l.quantity * l.unit_price) AS total");
        sql.append(" FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.customer_id = ?");
        sql.append(" GROUP BY o.id, o.placed_on, o.status ORDER BY o.placed_on DESC, o.id DESC");
        return jdbc.query(
                sql.toString(),
                (row, i) -> new OrderSummary(
                        row.getLong("id"),
                        row.getDate("placed_on").toLocalDate(),
                        row.getString("status"),
                        row.getInt("line_count"),
                        row.getBigDecimal("total")),
                customerId);
    }

    // This is not an experiment: a candidate that places orders would place each of them twice. A rewrite is first
    // tried on reads, and on a write only when the candidate can be kept from taking effect.
    @Transactional
    public long place(NewOrder order) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var insert = connection.prepareStatement(
                            "INSERT INTO orders (customer_id, placed_on, status, card) VALUES (?, ?, 'PLACED', ?)",
                            new String[] {"id"});
                    insert.setLong(1, order.customerId());
                    insert.setObject(2, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
                    insert.setString(3, order.card());
                    return insert;
                },
                key);
        long id = requireNonNull(key.getKeyAs(Long.class));
        int position = 0;
        for (Item item : order.items()) {
            position++;
            int added = jdbc.update(
                    "INSERT INTO order_line SELECT ?, ?, sku, ?, price_eur FROM product WHERE sku = ?",
                    id,
                    position,
                    item.quantity(),
                    item.sku());
            if (added == 0) {
                throw new NoSuchElementException("no product " + item.sku());
            }
        }
        return id;
    }
}
