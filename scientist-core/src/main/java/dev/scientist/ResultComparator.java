package dev.scientist;

import java.util.List;
import java.util.Objects;

/**
 * Compares what the two sides returned, or, as an error comparator, what the two sides threw.
 *
 * <p>It runs on a thread of the {@link Scientist}, never on the caller's, and must be thread-safe. It never sees
 * {@code null}: two nulls are equal and one null is a difference before any comparator is asked. When it throws, or
 * takes longer than {@link ExperimentSettings#comparisonTimeout()}, the call is {@link Verdict#UNCOMPARED}. What it throws
 * is logged without its message, which may quote a value; an {@link UncomparableException} is logged with it. One that
 * gives up because of a limit of its own throws an {@link OverBudgetException}.
 *
 * @param <T> what is compared
 * @since 0.1.0
 */
@FunctionalInterface
public interface ResultComparator<T> {

    /**
     * Compares two answers.
     *
     * @param primary what the primary returned, or its snapshot; not null
     * @param candidate what the candidate returned, after translation; not null
     * @return the differences, empty when the two are equal; not null
     * @throws Exception where the two cannot be compared
     */
    List<Difference> compare(T primary, T candidate) throws Exception;

    /**
     * Whether two lists may be compared in windows, so that long streams need not be kept: two lists are equal exactly if they
     * are as long as each other, and what stands in one between any two indices is equal to what stands there in the other.
     * Default false. Asked once, when an experiment is declared.
     */
    default boolean comparesInWindows() {
        return false;
    }

    /**
     * The default: equality by value. {@link Object#equals} decides, and arrays are compared element by element, deeply
     * ({@link Objects#deepEquals}). A difference is one {@link Difference} for the whole answer.
     *
     * @return always the same instance
     */
    static ResultComparator<Object> equality() {
        return Equality.BY_VALUE;
    }

    /** The default for errors: equal when class and message are equal. */
    static ResultComparator<Throwable> errorEquality() {
        return (primary, candidate) -> primary.getClass() == candidate.getClass()
                        && Objects.equals(primary.getMessage(), candidate.getMessage())
                ? List.of()
                : List.of(Difference.of("", Difference.Kind.ERROR, primary, candidate));
    }
}
