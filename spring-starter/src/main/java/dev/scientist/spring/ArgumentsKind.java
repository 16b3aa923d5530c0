package dev.scientist.spring;

/** How arguments are copied for the candidate. */
enum ArgumentsKind {
    /** The application's own mapper writes and reads them. */
    JSON
}
