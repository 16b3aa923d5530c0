package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Writes answers as documents, right after they were returned and on the thread that returned them, and compares the
 * documents. It is for answers that belong to a session or may change later, because an answer is not read again after
 * its document was written.
 *
 * <p>The primary's answer is written on the caller's thread before it is handed back. A candidate's answer is written
 * on its worker right after the call, while its context is still set, or, for a future, when the future completes. A
 * translation is applied first. When writing fails the call is {@link Verdict.Reason#SNAPSHOT_FAILED}. Null is not
 * written.
 *
 * <p>Threads: any. Invariant: a call leaves no state behind. Consequence: one instance may serve all experiments.
 *
 * @see ExperimentOptions.Builder#snapshot(SnapshotFormat)
 * @since 0.1.0
 */
public interface SnapshotFormat {

    /**
     * Writes an answer without loading anything. A part that is not loaded yet, such as a lazy collection of a
     * persistence library, is written as "not loaded".
     *
     * @return the document. It must be immutable, share no object with the answer, and show no value in its
     *     {@code toString()}
     * @throws UncomparableException if the answer cannot be written without loading; the message says why, and contains
     *     no value
     */
    Object write(Object answer);

    /**
     * Compares two documents, on a worker.
     *
     * @throws UncomparableException if the two cannot be compared; the message says why, and contains no value
     */
    Comparison compare(Object primary, Object candidate);

    /**
     * Returns a description of how documents are written and compared, like {@link ResultComparator#description()}. The
     * default is {@linkplain ResultComparator#nameOf the name of the class}.
     */
    default String description() {
        return ResultComparator.nameOf(this);
    }

    /**
     * The result of comparing two documents.
     *
     * @param differences where the two disagree; empty when they agree
     * @param notLoaded how many places were left out because at least one side had not loaded them
     */
    record Comparison(List<Difference> differences, int notLoaded) {

        /** Checks that the differences are not null. */
        public Comparison {
            requireNonNull(differences, "differences");
        }
    }
}
