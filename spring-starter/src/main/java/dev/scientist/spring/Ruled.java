package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.ResultComparator;
import dev.scientist.SnapshotFormat;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import org.jspecify.annotations.Nullable;

/** A comparator that takes rules, whatever it compares. Immutable; each step returns a new one. */
sealed interface Ruled {

    /** The comparator as one that takes rules; null if it takes none. */
    static @Nullable Ruled of(ResultComparator<?> comparator) {
        if (comparator instanceof JsonComparator documents) {
            return new Documents(documents);
        }
        return comparator instanceof ObjectComparator objects ? new Objects(objects) : null;
    }

    /** The comparator as one that takes rules; null if it takes none. */
    static @Nullable Ruled of(ExperimentOptions.Builder<?> options) {
        return options.snapshotFormat() instanceof RuledSnapshot snapshot ? snapshot.ruled() : of(options.comparator());
    }

    /** The snapshot that writes what this comparator compares. */
    SnapshotFormat snapshot();

    /** The comparator itself. */
    ResultComparator<Object> comparator();

    /** The rules of this comparator. */
    RuleSet rules();

    /** The same comparator with a further rule, after those that it has. */
    Ruled rule(Rule rule);

    /** The same comparator with a report that ends after so many differences. */
    Ruled maxDifferences(int most);

    /** Compares JSON documents. */
    record Documents(JsonComparator comparator) implements Ruled {

        @Override
        public RuleSet rules() {
            return comparator.rules();
        }

        @Override
        public Ruled rule(Rule rule) {
            return new Documents(comparator.rules(rule));
        }

        @Override
        public SnapshotFormat snapshot() {
            return comparator.snapshot();
        }

        @Override
        public Ruled maxDifferences(int most) {
            return new Documents(comparator.maxDifferences(most));
        }
    }

    /** Compares objects as they are. */
    record Objects(ObjectComparator comparator) implements Ruled {

        @Override
        public RuleSet rules() {
            return comparator.rules();
        }

        @Override
        public Ruled rule(Rule rule) {
            return new Objects(comparator.rules(rule));
        }

        @Override
        public SnapshotFormat snapshot() {
            return comparator.snapshot();
        }

        @Override
        public Ruled maxDifferences(int most) {
            return new Objects(comparator.maxDifferences(most));
        }
    }
}
