package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Case.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The cases: order books of three sizes in five series, and lists of stock, shuffled or with one row more. */
final class Cases {

    static final String IDENTICAL = "identical bytes";
    static final String SAME_ORDER = "same order, other bytes";
    static final String OTHER_ORDER = "fields in other order";
    static final String ONE = "1 difference";
    static final String TWENTY = "20 differences";
    static final String SHUFFLED = "shuffled";
    static final String SHUFFLED_AND_CHANGED = "shuffled, 1 % different";

    static final String SMALL = "1 KB";
    static final String MIDDLE = "50 KB";
    static final String LARGE = "1 MB";

    private static final Map<String, Series> ORDERS = Map.of(
            IDENTICAL, new Series(0, UnaryOperator.identity(), Notation.PLAIN),
            SAME_ORDER, new Series(0, UnaryOperator.identity(), Notation.OTHER),
            OTHER_ORDER, new Series(0, Changes::reordered, Notation.PLAIN),
            ONE, new Series(1, tree -> Changes.changed(tree, 1), Notation.PLAIN),
            TWENTY, new Series(20, tree -> Changes.changed(tree, 20), Notation.PLAIN));
    private static final Map<String, Integer> BYTES = new LinkedHashMap<>();
    private static final String INSERTED = "one more in front";
    private static final int FIELDS = 8; // of a row: six, an element of the array in one of them, and the row itself

    static {
        BYTES.put(SMALL, 1_000);
        BYTES.put(MIDDLE, 50_000);
        BYTES.put(LARGE, 1_000_000);
    }

    private Cases() {}

    /**
     * A way in which a candidate's order book differs from the primary's.
     *
     * @param differences the number that there is to find
     * @param change makes the candidate's tree from the primary's
     * @param notation of the candidate; the primary has the plain one
     */
    private record Series(int differences, UnaryOperator<Object> change, Notation notation) {}

    /** The sizes of order books, ascending. */
    static List<String> sizes() {
        return List.copyOf(BYTES.keySet());
    }

    /** Each of some series of order books in each size. */
    static List<Case> orders(String... series) {
        List<Case> cases = new ArrayList<>();
        BYTES.forEach((size, bytes) -> {
            for (String each : series) {
                cases.add(orders(each, size, bytes));
            }
        });
        return cases;
    }

    private static Case orders(String name, String size, int bytes) {
        Series series = Objects.requireNonNull(ORDERS.get(name), name);
        return Case.exactly("order books", name, size, series.differences(), () -> {
            Object tree = Trees.orders(bytes);
            return new Pair(
                    Document.ofOrders(tree, Notation.PLAIN),
                    Document.ofOrders(series.change().apply(tree), series.notation()));
        });
    }

    /** The size of a list of stock, in words. */
    static String size(int rows) {
        return rows + " elements";
    }

    /** Lists of stock in another order, without and with changes. */
    static List<Case> shuffled(int... sizes) {
        List<Case> cases = new ArrayList<>();
        for (int rows : sizes) {
            cases.add(stock(SHUFFLED, rows, Changes::shuffled, 0, 0));
            // A contender that pairs the rows that are left finds one difference in each pair. One that does not pair
            // them finds one row too few and one too many, or each of their fields. AssertJ reports the array once.
            int changed = rows / 100;
            cases.add(stock(
                    SHUFFLED_AND_CHANGED,
                    rows,
                    tree -> Changes.shuffled(Changes.onePercentChanged(tree)),
                    1,
                    2 * FIELDS * changed));
        }
        return cases;
    }

    /** A new row in front. A contender that aligns finds 1 difference, one that does not almost as many as fields. */
    static Case insertedInFront(int rows) {
        return stock(INSERTED, rows, Changes::withOneInFront, 1, Integer.MAX_VALUE);
    }

    private static Case stock(String series, int rows, UnaryOperator<Object> change, int fewest, int most) {
        return new Case(
                series,
                series,
                size(rows),
                () -> {
                    Object tree = Trees.stock(rows);
                    return new Pair(Document.ofStock(tree), Document.ofStock(change.apply(tree)));
                },
                fewest,
                most);
    }
}
