package dev.scientist.comparators;

/** Stands in a document where there is no value. */
enum Gap {
    /** An array element that a rule takes out: its place stays, so that the next ones keep their indices. */
    IGNORED
}
