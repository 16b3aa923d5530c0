package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.OverBudgetException;
import dev.scientist.ResultComparator;
import dev.scientist.Side;
import dev.scientist.UncomparableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares sequences side by side, and keeps no element.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 */
record ElementsComparator(
        ResultComparator<Object> each, int most, boolean isPart, boolean isConsuming, int maxDifferences)
        implements Comparators.Elements, RulesWithin {

    private static final int DEFAULT_MOST = 10_000; // chosen: some ten milliseconds of small objects

    @SuppressWarnings("unchecked") // it throws ClassCastException for elements of another type: uncompared
    static ElementsComparator of(ResultComparator<?> each) {
        return new ElementsComparator(
                (ResultComparator<Object>) each, DEFAULT_MOST, false, false, Limits.DEFAULT_MAX_DIFFERENCES);
    }

    @Override
    public Comparators.Elements most(int limit) {
        return new ElementsComparator(each, Limits.requirePositive("most", limit), false, isConsuming, maxDifferences);
    }

    @Override
    public Comparators.Elements first(int first) {
        return new ElementsComparator(each, Limits.requirePositive("first", first), true, isConsuming, maxDifferences);
    }

    @Override
    public Comparators.Elements consuming() {
        return new ElementsComparator(each, most, isPart, true, maxDifferences);
    }

    @Override
    public Comparators.Elements maxDifferences(int limit) {
        return new ElementsComparator(each, most, isPart, isConsuming, Limits.requirePositive("maxDifferences", limit));
    }

    @Override
    public List<Difference> compare(Object primary, Object candidate) throws Exception {
        try {
            if (!isConsuming && (primary instanceof BaseStream || primary instanceof Iterator)) {
                throw new UncomparableException("the primary's answer is a "
                        + primary.getClass().getName()
                        + ", whose elements can be read once, and are the caller's; return a List, or see"
                        + " Comparators.Elements.consuming()");
            }
            if (!isPart && Math.max(Sequence.size(primary), Sequence.size(candidate)) > most) {
                throw overBudget();
            }
            return primary == candidate
                    ? List.of()
                    : compare(Sequence.of(Side.PRIMARY, primary), Sequence.of(Side.CANDIDATE, candidate));
        } finally {
            close(primary, candidate);
        }
    }

    /**
     * Closes the candidate's stream, which nobody else has, and the primary's only if it may be used up: otherwise the
     * caller reads it.
     */
    private void close(Object primary, Object candidate) {
        if (candidate != primary && candidate instanceof BaseStream<?, ?> stream) {
            stream.close();
        }
        if (isConsuming && primary instanceof BaseStream<?, ?> stream) {
            stream.close();
        }
    }

    private List<Difference> compare(Iterator<?> elements, Iterator<?> others) throws Exception {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; differences.size() < maxDifferences; i++) {
            if (isPart && i == most) {
                break;
            }
            Limits.throwIfInterrupted();
            boolean isHere = elements.hasNext();
            boolean isThere = others.hasNext();
            if (!isHere && !isThere) {
                break;
            }
            if (i == most) {
                throw overBudget();
            }
            String place = "/" + i;
            if (isHere && isThere) {
                compare(place, elements.next(), others.next(), differences);
            } else if (isHere) {
                differences.add(Difference.of(place, Kind.MISSING, elements.next(), null));
            } else {
                differences.add(Difference.of(place, Kind.UNEXPECTED, null, others.next()));
            }
        }
        return List.copyOf(differences);
    }

    private OverBudgetException overBudget() {
        return new OverBudgetException("an answer has more than " + most + " elements");
    }

    private void compare(String place, @Nullable Object element, @Nullable Object other, List<Difference> differences)
            throws Exception {
        if (element == null || other == null) {
            if (element != other) {
                differences.add(Difference.of(place, Kind.TYPE_CHANGED, element, other));
            }
            return;
        }
        for (Difference difference : each.compare(element, other)) {
            if (differences.size() < maxDifferences) {
                differences.add(difference.below(place));
            }
        }
    }

    @Override
    public boolean comparesInWindows() {
        return !isPart;
    }

    @Override
    public Collection<?> comparators() {
        return List.of(each);
    }

    @Override
    public String place() {
        return "/*";
    }

    @Override
    public String description() {
        return (isPart ? "the first " + most + " elements" : "elements")
                + (isConsuming ? ", used up" : "")
                + ", each by ("
                + ResultComparator.descriptionOf(each)
                + ")";
    }

    @Override
    public String toString() {
        return isPart ? "the first " + most + " elements only, each by " + each : "elements, each by " + each;
    }
}
