package dev.scientist.spring;

/** The form in which answers are written and then compared. */
enum SnapshotKind {
    /** JSON documents, written by the application's own mapper. */
    JSON(ComparatorProperties.Type.JSON),
    /** The values of their fields. */
    OBJECTS(ComparatorProperties.Type.OBJECTS);

    private final ComparatorProperties.Type comparator;

    SnapshotKind(ComparatorProperties.Type comparator) {
        this.comparator = comparator;
    }

    /** The type of comparator for this form. */
    ComparatorProperties.Type comparator() {
        return comparator;
    }
}
