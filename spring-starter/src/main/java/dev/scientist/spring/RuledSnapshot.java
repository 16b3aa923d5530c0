package dev.scientist.spring;

import dev.scientist.SnapshotFormat;

/**
 * A snapshot that properties chose, with the comparator whose rules apply to it. Immutable.
 *
 * @param isOfDefaults whether the defaults chose it, so that the code of an experiment may choose another
 */
record RuledSnapshot(Ruled ruled, SnapshotFormat format, boolean isOfDefaults) implements SnapshotFormat {

    static RuledSnapshot of(Ruled ruled, boolean isOfDefaults) {
        return new RuledSnapshot(ruled, ruled.snapshot(), isOfDefaults);
    }

    @Override
    public Object write(Object answer) {
        return format.write(answer);
    }

    @Override
    public Comparison compare(Object primary, Object candidate) {
        return format.compare(primary, candidate);
    }

    @Override
    public String toString() {
        return format.toString();
    }
}
