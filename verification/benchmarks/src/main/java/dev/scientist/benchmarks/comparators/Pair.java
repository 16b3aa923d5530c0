package dev.scientist.benchmarks.comparators;

/**
 * Two answers to compare.
 *
 * @param type what both are, for peers that compare objects
 * @param unorderedType the same for a peer that needs another type where order does not matter
 */
record Pair(Document primary, Document candidate, Class<?> type, Class<?> unorderedType) {

    static Pair ofOrders(Object primary, Object candidate, Notation notation) {
        return new Pair(
                Document.of(primary, Notation.PLAIN),
                Document.of(candidate, notation),
                OrderBook.class,
                OrderBook.class);
    }

    static Pair ofStock(Object primary, Object candidate) {
        return new Pair(
                Document.of(primary, Notation.PLAIN),
                Document.of(candidate, Notation.PLAIN),
                Stock.class,
                Stock.InAnyOrder.class);
    }
}
