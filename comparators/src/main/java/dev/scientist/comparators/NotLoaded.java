package dev.scientist.comparators;

/** Stands in a plain tree where a part of an answer had not been loaded when the answer was written. */
enum NotLoaded {
    /** The mark of such a place, which is compared with nothing: see {@link NotLoadedPlaces}. */
    PLACE;

    @Override
    public String toString() {
        return "(not loaded)";
    }
}
