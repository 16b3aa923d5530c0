package dev.scientist;

import dev.scientist.Outcome.Kind;

/**
 * An outcome as far as it may be read. Its value is left out if it shares something with the code that got it.
 *
 * @param outcome what one side did
 * @param sharing what its value shares; unless this is {@link Sharing#NOTHING}, the value is left out
 */
record ReadableOutcome<T>(Outcome<T> outcome, Sharing sharing) {

    /** Returns an outcome without its value, which shares something. */
    static <T> ReadableOutcome<T> withheld(Outcome<T> outcome, Sharing sharing) {
        return new ReadableOutcome<>(withoutValue(outcome), sharing);
    }

    /** Whether the value was left out because it must not be read. */
    boolean isWithheld() {
        return sharing.isAnything();
    }

    /** Returns an outcome without its value, which was not translated, was not cleaned, or must not be read at all. */
    static <V> Outcome<V> withoutValue(Outcome<?> outcome) {
        Throwable error = outcome.errorOrNull();
        if (error != null) {
            return new Outcome.Threw<>(error, outcome.elapsed());
        }
        return switch (outcome.kind()) {
            case RETURNED, THREW -> new Outcome.Returned<>(null, outcome.elapsed());
            case TIMED_OUT -> new Outcome.TimedOut<>(outcome.elapsed());
            case CANCELLED -> new Outcome.Cancelled<>(outcome.elapsed());
        };
    }

    /**
     * Returns the sharing that prevents a comparison of two sides; {@link Sharing#NOTHING} also if the comparison needs
     * no values.
     */
    static Sharing between(ReadableOutcome<?> primary, ReadableOutcome<?> candidate) {
        boolean haveBothReturned = primary.outcome.kind() == Kind.RETURNED && candidate.outcome.kind() == Kind.RETURNED;
        if (!haveBothReturned) {
            return Sharing.NOTHING; // a side that threw or was late is judged without values
        }
        return primary.isWithheld() ? primary.sharing : candidate.sharing;
    }
}
