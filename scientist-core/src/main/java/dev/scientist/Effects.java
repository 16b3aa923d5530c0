package dev.scientist;

/**
 * What a candidate may do to the world while it runs as a shadow.
 *
 * @since 0.1.0
 */
public enum Effects {
    /**
     * The default: it only reads. A guard around what it could write with, such as a data source, refuses, and the call is
     * {@link Verdict.Reason#EFFECT_REFUSED}.
     */
    READ_ONLY,

    /**
     * Guards let it write. To say so is to say that its writes are safe beside the primary's: they go somewhere else, or
     * doing them twice is the same as doing them once.
     */
    ALLOWED
}
