package dev.scientist.comparators;

/** Stands where there is no value. */
enum Gap {
    /** There is no such field; null is a value. */
    ABSENT
}
