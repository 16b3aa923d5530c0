package dev.scientist.benchmarks.comparators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Trees#orders} makes, as an application would have it: for peers that compare objects. */
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
