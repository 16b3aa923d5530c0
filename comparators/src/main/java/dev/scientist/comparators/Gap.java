package dev.scientist.comparators;

/** Stands for a value that is not there. */
enum Gap {
    /** The object has no such field. Null, on the other hand, is a value. */
    ABSENT
}
