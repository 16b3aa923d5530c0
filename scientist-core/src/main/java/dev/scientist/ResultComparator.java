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
     * Returns a description of this comparison, for evidence. Answers that were compared under another description are
     * evidence about something else. So the text must change when the notion of equality changes, that is, with each
     * rule, tolerance and option, but not with a limit. It must be the same after a restart, and show no value that a
     * side returned. It is asked for when an experiment is declared, on the thread that declares it, and again on a
     * worker, at most every ten seconds while trials are counted, so it must be quick. If it throws, or is null or
     * blank, the experiment is not counted as evidence from then on.
     *
     * <p>The default is {@linkplain #nameOf the name of the class}. Your own comparator should say more if it has
     * options or if its code changes, for example {@code "prices, rounded to 2 digits, version 3"}.
     */
    default String description() {
        return nameOf(this);
    }

    /**
     * Returns the {@link #description()} of a comparator, for the description of another one that compares a part by
     * it.
     *
     * @throws IllegalStateException if the description is null or blank
     */
    static String descriptionOf(ResultComparator<?> comparator) {
        return ComparisonText.described(comparator, comparator.description());
    }

    /**
     * Returns the name of the class of a piece of code, for a {@link #description()}, without the numbers that differ
     * from one start of an application to the next. All lambdas of a class have the same name; a proxy has the name of
     * its interface. An enum constant also has its own name, because the constants of an enum share a class.
     */
    static String nameOf(Object code) {
        if (code instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getName() + "." + constant.name();
        }
        return ClassNames.lasting(code.getClass());
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

    /**
     * Returns the default comparator for errors. Two errors are equal if their classes and messages are equal.
     *
     * @return always the same instance
     */
    static ResultComparator<Throwable> errorEquality() {
        return ErrorEquality.BY_CLASS_AND_MESSAGE;
    }
}
