package dev.scientist;

import org.jspecify.annotations.Nullable;

/** Refuses calls in which an implementation is missing. */
final class RequiredSide {

    private RequiredSide() {}

    /**
     * Returns the implementation if it is not null. The message names the experiment, because a line number alone says
     * little in a class with many calls.
     */
    static <V> V of(@Nullable V value, String side, Experiment<?> experiment) {
        if (value == null) {
            throw new NullPointerException(side + " of experiment \"" + experiment.name() + "\" must not be null");
        }
        return value;
    }
}
