package dev.scientist.benchmarks.comparators;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents like those of services, as plain trees of {@code Map}, {@code List}, {@code String}, {@code Integer},
 * {@code BigDecimal}, {@code Boolean} and null. They are the same in every run.
 */
final class Trees {

    private static final long SEED = 4_711;
    private static final Instant DAY = Instant.parse("2026-03-14T09:26:53.589Z");
    private static final List<String> NAMES =
            List.of("Zoë Müller", "Ana Souza", "Łukasz Nowak", "Mary O'Neill", "François Lefèvre", "Jo \"Jay\" Smith");
    private static final List<String> STATES = List.of("PLACED", "PAID", "SHIPPED", "DELIVERED", "RETURNED");
    private static final List<String> TITLES =
            List.of("Espresso cup, 6 pieces", "Desk lamp 40 W", "Rain jacket / women", "Crème brûlée set");
    private static final List<String> TAGS = List.of("fragile", "gift", "sale", "heavy", "new");

    private Trees() {}

    /** An order book whose JSON has about this many bytes. */
    static Map<String, @Nullable Object> orders(int bytes) {
        Random random = new Random(SEED);
        List<Object> orders = new ArrayList<>();
        Object next = order(random, 0);
        int length = length(next);
        int size = 0;
        while (orders.isEmpty() || size + length / 2 < bytes) { // closer with the next order than without
            orders.add(next);
            size += length;
            next = order(random, orders.size());
            length = length(next);
        }
        Map<String, @Nullable Object> book = new LinkedHashMap<>();
        book.put("id", "BOOK-2026-03");
        book.put("orders", orders);
        return book;
    }

    /** A list of rows that are all different, but of which none has a field that tells it from all others. */
    static Map<String, @Nullable Object> stock(int rows) {
        Random random = new Random(SEED);
        List<Object> list = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("sku", "SKU-%05d".formatted(i / 4));
            row.put("warehouse", "W" + i % 4);
            row.put("quantity", random.nextInt(500));
            row.put("price", price(random, 9_000));
            row.put("checkedAt", DAY.plusSeconds(i / 2).toString());
            row.put("labels", tags(random));
            list.add(row);
        }
        Map<String, @Nullable Object> stock = new LinkedHashMap<>();
        stock.put("rows", list);
        return stock;
    }

    private static int length(Object order) {
        return Notation.PLAIN.write(order).getBytes(StandardCharsets.UTF_8).length;
    }

    private static Object order(Random random, int number) {
        Map<String, @Nullable Object> customer = new LinkedHashMap<>();
        customer.put("id", 80_000 + random.nextInt(10_000));
        customer.put("name", pick(random, NAMES));
        customer.put("email", "customer%d@example.org".formatted(random.nextInt(10_000)));
        customer.put("loyalty", random.nextBoolean() ? "gold" : null);
        Map<String, @Nullable Object> delivery = new LinkedHashMap<>();
        delivery.put("street", random.nextInt(200) + " Rue de l'Église");
        delivery.put("city", "Orléans");
        delivery.put("postcode", "%05d".formatted(random.nextInt(99_999)));
        delivery.put("country", "FR");
        Map<String, @Nullable Object> order = new LinkedHashMap<>();
        order.put("id", "ORD-2026-%06d".formatted(number));
        order.put("placedAt", DAY.plusSeconds(random.nextInt(86_400)).toString());
        order.put("status", pick(random, STATES));
        order.put("express", random.nextBoolean());
        order.put("customer", customer);
        order.put("delivery", delivery);
        order.put("lines", List.of(line(random), line(random), line(random)));
        order.put("total", price(random, 90_000));
        order.put("note", "Leave it at the door / ring \"twice\", please");
        return order;
    }

    private static Object line(Random random) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("sku", "SKU-%05d".formatted(random.nextInt(20_000)));
        line.put("title", pick(random, TITLES));
        line.put("quantity", 1 + random.nextInt(9));
        line.put("unitPrice", price(random, 9_000));
        line.put("discount", price(random, 500));
        line.put("tags", tags(random));
        return line;
    }

    private static List<Object> tags(Random random) {
        return List.of(pick(random, TAGS), pick(random, TAGS).toUpperCase(Locale.ROOT));
    }

    private static BigDecimal price(Random random, int mostCents) {
        return BigDecimal.valueOf(10L * random.nextInt(mostCents / 10), 2); // ends in 0, so that it has two notations
    }

    private static String pick(Random random, List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /** The application's type of {@link #orders}, for contenders that compare objects. */
    record OrderBook(String id, List<Order> orders) {

        record Order(
                String id,
                String placedAt,
                String status,
                boolean express,
                Customer customer,
                Address delivery,
                List<Line> lines,
                double total,
                String note) {}

        record Customer(
                int id, String name, String email, @Nullable String loyalty) {}

        record Address(String street, String city, String postcode, String country) {}

        record Line(String sku, String title, int quantity, double unitPrice, double discount, List<String> tags) {}
    }

    /** The application's type of {@link #stock}. */
    record Stock(List<Row> rows) {

        record Row(String sku, String warehouse, int quantity, double price, String checkedAt, List<String> labels) {}
    }

    /** The same for a contender that ignores order only in sets; no row occurs twice in a document. */
    record UnorderedStock(Set<Stock.Row> rows) {}
}
