package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Writes answers as documents, right after they were returned and on the thread that returned them, and compares the
 * documents. For answers that belong to somebody else's session or go on changing: afterwards nothing of them is looked
 * at any more.
 *
 * <p>The primary's answer is written on the caller's thread before it is handed back; a candidate's on its worker right
 * after its call, while its surroundings are still in place, or, for a stage, when that completes. A translation is
 * applied first. When writing fails the call is {@link Verdict.Reason#SNAPSHOT_FAILED}. Null is not written.
 *
 * <p>Threads: any. Invariant: no state that a call leaves behind. Consequence: one instance may serve all experiments.
 *
 * @see ExperimentOptions.Builder#snapshot(SnapshotFormat)
 * @since 0.1.0
 */
public interface SnapshotFormat {

    /**
     * Writes an answer, and loads nothing for it: a part that is not there yet, such as a lazy collection of a persistence
     * library, is written as "not loaded".
     *
     * @return the document: immutable, no part of it belongs to the answer, and its {@code toString()} shows no value
     * @throws UncomparableException if it cannot be written without loading; the message says why, and holds no value
     */
    Object write(Object answer);

    /**
     * Compares two documents, on a worker.
     *
     * @throws UncomparableException if the two cannot be compared; the message says why, and holds no value
     */
    Comparison compare(Object primary, Object candidate);

    /**
     * Says how documents are written and compared, as {@link ResultComparator#description()} does. Default: {@linkplain
     * ResultComparator#nameOf the name of the class}.
     */
    default String description() {
        return ResultComparator.nameOf(this);
    }

    /**
     * What two documents came to.
     *
     * @param differences where the two disagree; empty when they agree
     * @param notLoaded how many places were left out, because at least one side had not loaded them
     */
    record Comparison(List<Difference> differences, int notLoaded) {

        /** Checks what is there always. */
        public Comparison {
            requireNonNull(differences, "differences");
        }
    }
}
