package dev.scientist.comparators;

import dev.scientist.ResultComparator;
import dev.scientist.SnapshotFormat;
import java.util.Collection;
import java.util.List;

/** A snapshot format whose snapshots one comparator compares, as it would compare the answers, under its rules. */
interface ComparatorSnapshot extends SnapshotFormat, RulesWithin {

    /** The comparator whose rules and options hold. */
    ResultComparator<?> comparator();

    @Override
    default Collection<?> comparators() {
        return List.of(comparator());
    }

    @Override
    default String place() {
        return "";
    }

    @Override
    default String description() {
        return "snapshot of " + comparator().description();
    }
}
