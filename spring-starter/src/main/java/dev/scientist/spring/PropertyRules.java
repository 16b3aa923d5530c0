package dev.scientist.spring;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks the values of an experiment's properties by the rules of its options. Its messages name the properties. */
final class PropertyRules {

    private static final String CHANGE = "change the value of the property";
    private static final Duration LONGEST = Duration.ofDays(36_500); // the same limit as in the options

    private PropertyRules() {}

    /** Requires that every property that is set follows its rules. */
    static void check(PropertyBlock block, ExperimentProperties properties) {
        DecisionRules.share(block, "sample-rate", properties.sampleRate());
        DecisionRules.share(block, "replicate-rate", properties.replicateRate());
        atLeastOne(block, "max-per-second", properties.maxPerSecond());
        atLeastOne(block, "max-elements", properties.maxElements());
        atLeastOne(block, "max-concurrent", properties.maxConcurrent());
        timeLimit(block, "candidate-timeout", properties.candidateTimeout());
        timeLimit(block, "comparison-timeout", properties.comparisonTimeout());
        if (properties.comparator() != null) {
            check(block, properties.comparator());
        }
        if (properties.decision() != null) {
            DecisionRules.check(block, properties.decision());
        }
    }

    private static void check(PropertyBlock block, ComparatorProperties comparator) {
        atLeastOne(block, "comparator.max-differences", comparator.maxDifferences());
        BigDecimal tolerance = comparator.tolerance();
        if (tolerance != null && tolerance.signum() < 0) {
            throw block.invalid("comparator.tolerance", tolerance, "must be 0 or more", CHANGE);
        }
        if (comparator.hasRules() && !comparator.takesRules()) {
            throw block.invalid(
                    "comparator.type",
                    "equality",
                    "must be json or objects where other comparator.* are set beside it",
                    "remove it, or the others");
        }
    }

    private static void atLeastOne(PropertyBlock block, String key, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw block.invalid(key, value, "must be at least 1", CHANGE);
        }
    }

    private static void timeLimit(PropertyBlock block, String key, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0)) {
            throw block.invalid(key, value, "must be longer than zero and at most 36500 days", CHANGE);
        }
    }
}
