package dev.scientist;

import org.jspecify.annotations.Nullable;

/** An experiment that knows whether long streams may be compared in windows. */
interface WindowSource<T> extends Experiment<T> {

    /** Returns the comparison of windows; null if answers are needed as a whole. */
    PartialAnswer.@Nullable Windows<T> windows();
}
