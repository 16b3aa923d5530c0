package dev.scientist;

import dev.scientist.Outcome.Kind;

/**
 * An outcome as far as it may be read: without its value, where that shares something with whoever was handed it.
 *
 * @param outcome what one side did
 * @param sharing what its value shares; the value is left out then, unless this is {@link Sharing#NOTHING}
 */
record ReadableOutcome<T>(Outcome<T> outcome, Sharing sharing) {

    /** An outcome whose value shares something. */
    static <T> ReadableOutcome<T> withheld(Outcome<T> outcome, Sharing sharing) {
        return new ReadableOutcome<>(withoutValue(outcome), sharing);
    }

    /** Whether there is a value that nobody may read. */
    boolean isWithheld() {
        return sharing.isAnything();
    }

    /** An outcome whose value is not to be shown: not translated, not cleaned, or not to be read at all. */
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

    /** What keeps two sides from being compared: nothing also where that takes no values. */
    static Sharing between(ReadableOutcome<?> primary, ReadableOutcome<?> candidate) {
        boolean haveBothReturned = primary.outcome.kind() == Kind.RETURNED && candidate.outcome.kind() == Kind.RETURNED;
        if (!haveBothReturned) {
            return Sharing.NOTHING; // what one of them threw, or that it was late, needs no value
        }
        return primary.isWithheld() ? primary.sharing : candidate.sharing;
    }
}
