package dev.scientist;

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
