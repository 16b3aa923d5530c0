package dev.scientist.spring;

import dev.scientist.SnapshotFormat;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.RuledComparator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that properties chose. Immutable.
 *
 * @param isOfDefaults whether the defaults chose it, so that the code of an experiment may choose another
 */
record RuledSnapshot(SnapshotFormat format, boolean isOfDefaults) implements SnapshotFormat {

    /** The snapshot format of a comparator; null if the comparator is not of that kind. */
    static @Nullable RuledSnapshot of(
            @Nullable RuledComparator<?> comparator, SnapshotKind kind, boolean isOfDefaults) {
        if (kind == SnapshotKind.JSON && comparator instanceof JsonComparator json) {
            return new RuledSnapshot(json.snapshot(), isOfDefaults);
        }
        if (kind == SnapshotKind.OBJECTS && comparator instanceof ObjectComparator objects) {
            return new RuledSnapshot(objects.snapshot(), isOfDefaults);
        }
        return null;
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
    public String description() {
        return format.description();
    }

    @Override
    public String toString() {
        return format.toString();
    }
}
