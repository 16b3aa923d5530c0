package dev.scientist;

/**
 * One of the two sides of an experiment. A side is an identity: the primary remains the primary even when the candidate
 * serves.
 *
 * @since 0.1.0
 */
public enum Side {
    /** The implementation that is being replaced. */
    PRIMARY("primary"),
    /** The implementation that is to replace it. If an experiment has several candidates, this is each of them. */
    CANDIDATE("candidate");

    private final String tag;

    Side(String tag) {
        this.tag = tag;
    }

    /** Returns the value of metric tags, which is also the word for this side in messages. */
    public String tag() {
        return tag;
    }

    /** Returns the same as {@link #tag}. */
    @Override
    public String toString() {
        return tag;
    }
}
