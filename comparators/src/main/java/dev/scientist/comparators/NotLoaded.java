package dev.scientist.comparators;

/** Stands in a plain tree where a part of an answer had not been loaded when the answer was written. */
enum NotLoaded {
    /** Compared with nothing: see {@link LeftOut}. */
    PLACE;

    @Override
    public String toString() {
        return "(not loaded)";
    }
}
