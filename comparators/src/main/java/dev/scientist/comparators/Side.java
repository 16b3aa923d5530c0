package dev.scientist.comparators;

/** One of the two documents of a comparison. */
enum Side {
    PRIMARY("primary", "onPrimary"),
    CANDIDATE("candidate", "onCandidate");

    private final String word;
    private final String step;

    Side(String word, String step) {
        this.word = word;
        this.step = step;
    }

    /** The step by which a user chooses this side. */
    String step() {
        return step;
    }

    /** The word for this side in messages. */
    @Override
    public String toString() {
        return word;
    }
}
