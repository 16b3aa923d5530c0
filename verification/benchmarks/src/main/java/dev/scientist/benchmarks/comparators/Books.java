package dev.scientist.benchmarks.comparators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases made of order books: three sizes, and what may happen to one. */
final class Books {

    static final String IDENTICAL = "identical bytes";
    static final String SAME_ORDER = "same order, other bytes";
    static final String OTHER_ORDER = "fields in other order";
    static final String ONE = "1 difference";
    static final String TWENTY = "20 differences";

    static final String SMALL = "1 KB";
    static final String MIDDLE = "50 KB";
    static final String LARGE = "1 MB";

    private static final String FAMILY = "order books";
    private static final Map<String, Integer> BYTES = new LinkedHashMap<>();

    static {
        BYTES.put(SMALL, 1_000);
        BYTES.put(MIDDLE, 50_000);
        BYTES.put(LARGE, 1_000_000);
    }

    private Books() {}

    static List<String> sizes() {
        return List.copyOf(BYTES.keySet());
    }

    static List<Case> cases(List<String> series) {
        List<Case> cases = new ArrayList<>();
        BYTES.forEach((size, bytes) -> series.forEach(each -> cases.add(of(each, size, bytes))));
        return cases;
    }

    private static Case of(String series, String size, int bytes) {
        return switch (series) {
            case IDENTICAL ->
                Case.exactly(FAMILY, series, size, 0, () -> {
                    Object tree = Trees.orders(bytes);
                    return Pair.ofOrders(tree, tree, Notation.PLAIN);
                });
            case SAME_ORDER ->
                Case.exactly(FAMILY, series, size, 0, () -> {
                    Object tree = Trees.orders(bytes);
                    return Pair.ofOrders(tree, tree, Notation.OTHER);
                });
            case OTHER_ORDER ->
                Case.exactly(FAMILY, series, size, 0, () -> {
                    Object tree = Trees.orders(bytes);
                    return Pair.ofOrders(tree, Changes.reordered(tree), Notation.PLAIN);
                });
            case ONE -> Case.exactly(FAMILY, series, size, 1, () -> changed(bytes, 1));
            case TWENTY -> Case.exactly(FAMILY, series, size, 20, () -> changed(bytes, 20));
            default -> throw new IllegalArgumentException("no such series: " + series);
        };
    }

    private static Pair changed(int bytes, int places) {
        Object tree = Trees.orders(bytes);
        return Pair.ofOrders(tree, Changes.changed(tree, places), Notation.PLAIN);
    }
}
