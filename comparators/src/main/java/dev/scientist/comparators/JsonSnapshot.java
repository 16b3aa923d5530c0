package dev.scientist.comparators;

import dev.scientist.UncomparableException;

/**
 * Writes the loaded parts of answers as JSON documents, and compares these as a {@link JsonComparator} would.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance may serve all experiments.
 *
 * @param comparator gives the rules and options
 * @param writer writes what is loaded
 * @param answers turns answers into JSON
 */
record JsonSnapshot(JsonComparator comparator, SnapshotWriter writer, Answers answers) implements ComparatorSnapshot {

    /**
     * An answer as it was. Immutable: nobody changes the bytes.
     *
     * @param json a String or a {@code byte[]}
     * @param notLoaded how many places are not loaded
     * @param marks how many {@linkplain SnapshotMarks marks} are in it
     * @param isOpaque whether it shows nothing of an answer that only the mapper can see into
     */
    record Document(Object json, int notLoaded, int marks, boolean isOpaque) {

        /** Tells how the answer was written, and nothing of its contents. */
        @Override
        public String toString() {
            return "a snapshot as JSON"
                    + (notLoaded == 0 ? "" : ", with " + notLoaded + " places that were not loaded");
        }
    }

    @Override
    public Object write(Object answer) {
        if (Laziness.seen(answer) == NotLoaded.PLACE) {
            throw new UncomparableException("a side's answer is not loaded: nothing of it could be compared");
        }
        SnapshotMarks marks = new SnapshotMarks();
        Object json = answers.writeLoaded(answer, writer, marks);
        boolean isOpaque = Answers.showsNothing(json) && answers.isOpaque(answer);
        return new Document(json, marks.places(), marks.marks(), isOpaque);
    }

    @Override
    public Comparison compare(Object primary, Object candidate) {
        return comparator.comparison().compareDocuments((Document) primary, (Document) candidate);
    }

    @Override
    public String toString() {
        return "snapshot of " + comparator;
    }
}
