package dev.scientist.comparators;

/** One of the two documents of a comparison. */
enum Side {
    PRIMARY("onPrimary"),
    CANDIDATE("onCandidate");

    private final String step;

    Side(String step) {
        this.step = step;
    }

    /** The step by which a user chooses this side. */
    String step() {
        return step;
    }
}
