package dev.scientist.comparators;

import dev.scientist.Side;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as plain trees of what is stored in them, and compares these as an {@link ObjectComparator} would the
 * answers.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance may serve all experiments.
 *
 * @param comparator whose rules and options hold
 */
record ObjectSnapshot(ObjectComparator comparator) implements ComparatorSnapshot {

    /**
     * An answer as it was. Immutable: nobody changes the tree.
     *
     * @param stored a plain tree, with {@link NotLoaded} and {@link StoredAccess.Kept} in it
     * @param mask masks what is secret in it; not changed any more
     * @param notLoaded how many places are not loaded
     * @param hasKept whether it holds values of the answer itself
     */
    record Document(@Nullable Object stored, SecretMask mask, int notLoaded, boolean hasKept) {

        boolean isLoaded() {
            return notLoaded == 0;
        }

        @Nullable
        Object tree(Side side, EqualValues equals) {
            return hasKept ? StoredAccess.withTexts(stored, side, equals) : stored;
        }

        /** Tells how the answer was written, and nothing of its contents. */
        @Override
        public String toString() {
            return "a snapshot of objects" + (isLoaded() ? "" : ", with " + notLoaded + " places that were not loaded");
        }
    }

    @Override
    public Object write(Object answer) {
        return comparator.read(answer);
    }

    @Override
    public Comparison compare(Object primary, Object candidate) {
        return comparator.compareDocuments((Document) primary, (Document) candidate);
    }

    @Override
    public String toString() {
        return "snapshot of " + comparator;
    }
}
