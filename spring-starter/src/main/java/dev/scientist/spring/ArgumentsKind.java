package dev.scientist.spring;

/** How arguments are copied for the candidate. */
enum ArgumentsKind {
    /** Written and read by the application's own mapper. */
    JSON
}
