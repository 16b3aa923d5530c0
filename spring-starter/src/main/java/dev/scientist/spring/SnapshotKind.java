package dev.scientist.spring;

/** What answers are written as, and then compared as. */
enum SnapshotKind {
    /** JSON documents, written by the application's own mapper. */
    JSON(ComparatorProperties.Type.JSON),
    /** What is stored in their fields. */
    OBJECTS(ComparatorProperties.Type.OBJECTS);

    private final ComparatorProperties.Type comparator;

    SnapshotKind(ComparatorProperties.Type comparator) {
        this.comparator = comparator;
    }

    /** What compares answers that are written so. */
    ComparatorProperties.Type comparator() {
        return comparator;
    }
}
