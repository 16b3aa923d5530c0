package dev.scientist;

import org.jspecify.annotations.Nullable;

/** Refuses calls that lack a side. */
final class RequiredSide {

    private RequiredSide() {}

    /** The side, if there is one. The message names the experiment, because of many calls in a class the line says little. */
    static <V> V of(@Nullable V value, String side, Experiment<?> experiment) {
        if (value == null) {
            throw new NullPointerException(side + " of experiment \"" + experiment.name() + "\" must not be null");
        }
        return value;
    }
}
