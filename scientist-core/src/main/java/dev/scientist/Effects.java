package dev.scientist;

/**
 * The side effects that a candidate may have while it runs as a shadow.
 *
 * @since 0.1.0
 */
public enum Effects {
    /**
     * The candidate only reads. If it tries to write, a guard, such as one around a data source, refuses the write, and
     * the call is {@link Verdict.Reason#EFFECT_REFUSED}. This is the default.
     */
    READ_ONLY,

    /**
     * Guards let the candidate write. By choosing this you declare that its writes are safe beside the primary's: they
     * go somewhere else, or they are idempotent.
     */
    ALLOWED
}
