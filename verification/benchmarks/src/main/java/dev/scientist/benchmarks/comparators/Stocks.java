package dev.scientist.benchmarks.comparators;

import java.util.ArrayList;
import java.util.List;

/** The cases made of lists of stock: in another order, with and without differences, and with one row more. */
final class Stocks {

    static final String SHUFFLED = "shuffled";
    static final String SHUFFLED_AND_CHANGED = "shuffled, 1 % different";

    private static final String INSERTED = "one more in front";
    private static final int FIELDS = 8; // six, an element of an array in one of them, and the row itself

    private Stocks() {}

    static String size(int rows) {
        return rows + " elements";
    }

    static List<Case> shuffled(List<Integer> sizes) {
        List<Case> cases = new ArrayList<>();
        for (int rows : sizes) {
            String size = size(rows);
            cases.add(Case.exactly(SHUFFLED, SHUFFLED, size, 0, () -> {
                Object tree = Trees.stock(rows);
                return Pair.ofStock(tree, Changes.shuffled(tree));
            }));
            // Who pairs what is left finds one difference in each pair; who does not, one row too few and one too
            // many, or even each field of them; and AssertJ speaks of the array once.
            int changed = rows / 100;
            cases.add(new Case(
                    SHUFFLED_AND_CHANGED,
                    SHUFFLED_AND_CHANGED,
                    size,
                    () -> {
                        Object tree = Trees.stock(rows);
                        return Pair.ofStock(tree, Changes.shuffled(Changes.onePercentChanged(tree)));
                    },
                    1,
                    2 * FIELDS * changed));
        }
        return cases;
    }

    /** One new row before so many. Who aligns finds one difference; who goes by position, almost as many as fields. */
    static Case insertedInFront(int rows) {
        return new Case(
                INSERTED,
                INSERTED,
                size(rows),
                () -> {
                    Object tree = Trees.stock(rows);
                    return Pair.ofStock(tree, Changes.withOneInFront(tree));
                },
                1,
                Integer.MAX_VALUE);
    }
}
