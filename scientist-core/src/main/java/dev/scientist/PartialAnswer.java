package dev.scientist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in parts, such as the elements of a stream. It is for code that runs such primaries and
 * candidates itself, as {@code dev.scientist.reactor} does. A primary's answer is passed to
 * {@link Experiment.Call#observe(PartialAnswer)}. A candidate's answer is a
 * {@link java.util.concurrent.CompletionStage} that implements this too. The library then calls these methods.
 *
 * <p>If {@link #comparedWith} fails, the call is {@link Verdict.Reason#CANCELLED}. Such a failure, and one of
 * {@link #endAtDeadline}, is counted as {@link Tally.Hook#PARTIAL_ANSWER}.
 *
 * <p>If a primary's answer is longer than allowed, {@link ObservedPrimary#tooLong} must be called.
 *
 * @since 0.1.0
 */
public interface PartialAnswer {

    /**
     * Compares windows of long streams before the streams are complete, so that equal windows need not be kept.
     *
     * @param <T> the type of the answer, a list
     */
    interface Windows<T> {

        /**
         * Compares the windows at the same place of the streams, on a thread of the {@link Scientist} and with a time
         * limit ({@link ExperimentSettings#comparisonTimeout()}). It returns at once. Failures are not reported here,
         * because they occur again when the answers are compared.
         *
         * @param windows one window of the primary's answer, and then one of each run beside it; they must not be
         *     changed any more
         * @param equal called on that thread if they are equal. Neither callback is called once the {@link Scientist}
         *     is closed, or if the comparator never returns
         * @param other called on that thread if they differ or cannot be compared
         */
        void compare(List<T> windows, Runnable equal, Runnable other);
    }

    /**
     * Returns the comparison of windows of an experiment's answers.
     *
     * @return the comparison; null if answers are needed as a whole, because the comparator does not
     *     {@linkplain ResultComparator#comparesInWindows() compare in windows}, or there is a snapshot, an ignore rule,
     *     or a hook that releases answers
     */
    static <T> @Nullable Windows<T> windows(Experiment<T> experiment) {
        return experiment instanceof WindowSource<T> source ? source.windows() : null;
    }

    /**
     * Tells a primary's answer with how many runs it is compared: candidates, and a second run of the primary. None
     * means that only the time is needed that the primary takes (see {@link ExperimentOptions.Sampling#ADAPTIVE}), so
     * that no part need be kept. It is called once, on the caller's thread, before the primary has reported anything.
     * The default does nothing.
     */
    default void comparedWith(int runs) {}

    /**
     * Returns how many elements at the front of a complete candidate's answer have been found equal to the primary's.
     * They are no longer in either answer. The default is 0.
     */
    default long offset() {
        return 0;
    }

    /**
     * Returns the part of a candidate's answer that is compared with the primary's when the candidate's deadline has
     * passed. The future is cancelled after that, on a thread of the {@link Scientist}. This method is called at most
     * once, on a thread that must not wait or run user code.
     *
     * @return the part that counts as the candidate's answer; null, the default, if the candidate is late
     */
    default @Nullable Object atDeadline() {
        return null;
    }

    /**
     * Returns whether a candidate's answer was cut off because one of its windows was not found equal, so that what
     * follows was never compared. If the rest is then found equal after all, for example because the comparator had too
     * little time before, the call is {@link Verdict.Reason#OVER_BUDGET} instead of a match. The default is false.
     */
    default boolean isCutAtWindow() {
        return false;
    }

    /**
     * Asks a primary's answer to complete with the elements so far and to report that to the {@link ObservedPrimary},
     * if no run beside it needs more. It is called when the candidates' time is over and nothing has been reported, for
     * example for a stream whose caller neither requests more elements nor cancels. It is called from time to time
     * until something is reported or the call is given up, on a thread of the {@link Scientist}, and must not wait. The
     * default does nothing, so that this answer is waited for like any other.
     */
    default void endAtDeadline() {}

    /**
     * Returns whether a complete answer of a primary is only a part of the whole, because its caller did not request
     * more. The candidate's answer must then be the same part. If it may be a longer one, because a
     * {@link SnapshotFormat} has already written it, the call is {@link Verdict.Reason#CANCELLED}. The default is
     * false.
     */
    default boolean isPart() {
        return false;
    }

    /**
     * Drops what is kept of this answer, because its trial has ended without it. It is called on a thread that must not
     * wait. The default does nothing.
     */
    default void forget() {}
}
