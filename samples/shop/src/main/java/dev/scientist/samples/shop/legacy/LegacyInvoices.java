package dev.scientist.samples.shop.legacy;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.samples.shop.domain.Invoice;
import dev.scientist.samples.shop.rewrite.AddressBook;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Writes invoices. */
@Service
public class LegacyInvoices {

    private static final String[] FIELDS = {"name", "street", "postcode", "city", "country", "phone"};

    private record Order(long customerId, BigDecimal total) {}

    private final JdbcTemplate jdbc;
    private final AddressBook addressBook;
    private final Experiment<Map<String, @Nullable Object>> recipients;

    LegacyInvoices(JdbcTemplate jdbc, AddressBook addressBook, Scientist scientist) {
        this.jdbc = jdbc;
        this.addressBook = addressBook;
        // Declared once, with the starter's bean, so that this experiment also has properties, metrics and the
        // endpoint.
        this.recipients = scientist.experiment("invoice.recipient");
    }

    public Invoice invoice(long orderId) {
        StringBuilder sql = new StringBuilder("SELECT o.customer_id, SUM(l.quantity * l.unit_price) AS total");
        sql.append(" FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.id = ? GROUP BY o.customer_id");
        for (Order order : jdbc.query(
                sql.toString(),
                (row, i) -> new Order(row.getLong("customer_id"), row.getBigDecimal("total")),
                orderId)) {
            // The experiment is called in code, because recipient is a private method: a proxy does not see calls
            // inside the bean.
            Map<String, @Nullable Object> recipient = recipients.run(
                    () -> recipient(order.customerId()), () -> addressBook.recipient(order.customerId()));
            return new Invoice(orderId, requireNonNull(recipient), order.total());
        }
        throw new NoSuchElementException("no order " + orderId);
    }

    private Map<String, @Nullable Object> recipient(long customerId) {
        Map<String, @Nullable Object> recipient = new LinkedHashMap<>();
        jdbc.query(
                "SELECT * FROM customer WHERE id = ?",
                row -> {
                    for (String field : FIELDS) {
                        recipient.put(field, row.getObject(field));
                    }
                },
                customerId);
        return recipient;
    }
}
