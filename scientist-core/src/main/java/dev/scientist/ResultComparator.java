package dev.scientist;

import java.util.List;
import java.util.Objects;

/**
 * Compares what the two sides returned, or, if it is an error comparator, what the two sides threw.
 *
 * <p>It runs on a thread of the {@link Scientist}, never on the caller's, and must be thread-safe. It never gets
 * {@code null}: two nulls are equal and one null is a difference, without a comparator being asked. When it throws, or
 * takes longer than {@link ExperimentSettings#comparisonTimeout()}, the call is {@link Verdict#UNCOMPARED}. An
 * exception is logged without its message, which may quote a value; only an {@link UncomparableException} is logged
 * with its message. A comparator that gives up because of its own limit throws an {@link OverBudgetException}.
 *
 * @param <T> the type of what is compared
 * @since 0.1.0
 */
@FunctionalInterface
public interface ResultComparator<T> {

    /**
     * Compares two answers.
     *
     * @param primary the primary's answer, or the snapshot of it; not null
     * @param candidate the candidate's answer, after translation; not null
     * @return the differences, empty when the two are equal; not null
     * @throws Exception if the two cannot be compared
     */
    List<Difference> compare(T primary, T candidate) throws Exception;

    /**
     * Returns whether this comparator can compare two lists in windows, so that long streams need not be kept as a
     * whole. It can if two lists are equal exactly when they have the same length and each range of indices in one list
     * is equal to the same range in the other. The default is false. It is asked once, when an experiment is declared.
     */
    default boolean comparesInWindows() {
        return false;
    }

    /**
     * Returns the default comparator, which compares by value. {@link Object#equals} decides, and arrays are compared
     * element by element, deeply ({@link Objects#deepEquals}). If two answers differ, it reports one {@link Difference}
     * for the whole answer.
     *
     * @return always the same instance
     */
    static ResultComparator<Object> equality() {
        return Equality.BY_VALUE;
    }

    /** Returns the default comparator for errors. Two errors are equal if their classes and messages are equal. */
    static ResultComparator<Throwable> errorEquality() {
        return (primary, candidate) -> primary.getClass() == candidate.getClass()
                        && Objects.equals(primary.getMessage(), candidate.getMessage())
                ? List.of()
                : List.of(Difference.of("", Difference.Kind.ERROR, primary, candidate));
    }
}
