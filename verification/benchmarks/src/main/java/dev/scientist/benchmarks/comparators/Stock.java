package dev.scientist.benchmarks.comparators;

import java.util.List;
import java.util.Set;

/** What {@link Trees#stock} makes, as an application would have it: for peers that compare objects. */
record Stock(List<Row> rows) {

    /** The same for a peer that knows no order only of sets. No row is twice in a document. */
    record InAnyOrder(Set<Row> rows) {}

    record Row(String sku, String warehouse, int quantity, double price, String checkedAt, List<String> labels) {}
}
