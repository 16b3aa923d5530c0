package dev.scientist;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in parts, such as the elements of a stream. A {@link java.util.concurrent.CompletionStage} that is one
 * as well is asked by the library; for whoever runs such primaries and candidates itself, as {@code dev.scientist.reactor}
 * does.
 *
 * <p>A primary's that is longer than it may be is cancelled, by a {@link CancellationException} whose cause is an {@link
 * OverBudgetException}; the call is then {@link Verdict.Reason#OVER_BUDGET}, and no evidence against the candidate.
 *
 * @since 0.1.0
 */
public interface PartialAnswer {

    /**
     * Finds windows of two long streams equal before both are complete, so that they need not be kept.
     *
     * @param <T> the type of the answer, a list
     */
    interface Windows<T> {

        /**
         * Compares what stands at the same place of both, on a thread of the {@link Scientist}, under a time limit ({@link
         * ExperimentSettings#comparisonTimeout()}). Returns at once. What fails here is not reported: it fails again when
         * the answers are compared.
         *
         * @param windows one window of the primary's answer, and one of each that runs beside it, not changed any more
         * @param equal told, there, if they are equal; neither is told once the {@link Scientist} is closed, or where the
         *     comparator never returns
         * @param other told, there, if they differ, or cannot be compared
         */
        void compare(List<T> windows, Runnable equal, Runnable other);
    }

    /**
     * What compares windows of the answers of an experiment.
     *
     * @return null where answers are needed as a whole: its comparator does not {@linkplain
     *     ResultComparator#comparesInWindows() compare in windows}, or it has a snapshot, ignore rules, or a hook that releases
     *     answers
     */
    static <T> @Nullable Windows<T> windows(Experiment<T> experiment) {
        return experiment instanceof WindowSource<T> source ? source.windows() : null;
    }

    /**
     * How many runs are compared with this answer, a primary's: candidates, and a second run of the primary. Called once, on
     * the caller's thread, before the primary has anything to tell. Default nothing.
     */
    default void comparedWith(int runs) {}

    /**
     * How many elements at the front of a candidate's answer, which is complete, have been found equal to the primary's: they
     * are in neither answer any more. Default none.
     */
    default long offset() {
        return 0;
    }

    /**
     * What of a candidate's answer is compared with the primary's, now that its deadline has passed. The stage is cancelled
     * after that, on a thread of the {@link Scientist}. Called once at most, on a thread that must not wait and runs nobody
     * else's code.
     *
     * @return what the candidate counts as having returned; null, the default, if it is late
     */
    default @Nullable Object atDeadline() {
        return null;
    }

    /**
     * Whether it was ended because a window of it was not found equal, so that what follows was never looked at. Should the rest
     * be found equal after all, such as by a comparator that had no time before, the call is {@link
     * Verdict.Reason#OVER_BUDGET} and no match. Default false.
     */
    default boolean isCutAtWindow() {
        return false;
    }

    /**
     * The time that candidates have is over, and this answer, a primary's, is not complete, such as a stream whose caller takes
     * no more and does not leave either. Completes it with what there is, if nobody who runs beside it needs more. Called from
     * time to time, on a thread that must not wait and runs nobody else's code.
     *
     * @return whether it is complete; false, the default, to wait for it like for any other stage
     */
    default boolean endAtDeadline() {
        return false;
    }

    /**
     * Whether a primary's answer, which is complete, is a part only of what it would have been, because its caller did not
     * take more. The candidate's must be the same part then; where it may not be, because a {@link SnapshotFormat} has written
     * more, the call is {@link Verdict.Reason#CANCELLED}. Default false.
     */
    default boolean isPart() {
        return false;
    }

    /** Its trial has ended without it, and what is kept of it can go; on a thread that must not wait. Default nothing. */
    default void forget() {}
}
