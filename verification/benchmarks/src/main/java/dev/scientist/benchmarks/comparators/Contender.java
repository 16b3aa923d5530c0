package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Case.Pair;

/**
 * One way to compare two documents.
 *
 * @param <D> the form of a document that the contender takes
 * @param name stands in reports
 * @param form makes that form of a document; this is not timed
 * @param differences compares two documents in that form; this is timed
 */
record Contender<D>(String name, Form<D> form, Differences<D> differences) {

    /** The number of differences where a contender finds some but does not count them. */
    static final int SOME = -1;

    /** Makes one form of a document. */
    @FunctionalInterface
    interface Form<D> {
        D of(Document document) throws Exception;
    }

    /** Compares. */
    @FunctionalInterface
    interface Differences<D> {
        /** Returns the number of differences, or {@link #SOME}. */
        int between(D primary, D candidate) throws Exception;
    }

    /** Compares the same two documents at each call. */
    @FunctionalInterface
    interface Comparison {
        /** Returns the number of differences, or {@link #SOME}. */
        int differences() throws Exception;
    }

    /** The same contender under another name. */
    Contender<D> named(String other) {
        return new Contender<>(other, form, differences);
    }

    /** Brings two documents into the contender's form. */
    Comparison prepare(Pair pair) throws Exception {
        D primary = form.of(pair.primary());
        D candidate = form.of(pair.candidate());
        return () -> differences.between(primary, candidate);
    }
}
