package dev.scientist.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the values of {@code decision.*} by the rules of a decision policy. Its messages name the properties. */
final class DecisionRules {

    private static final String CHANGE = "change the value of the property";

    private DecisionRules() {}

    /** Requires that every property that is set follows its rules. */
    static void check(PropertyBlock block, DecisionProperties decision) {
        rate(block, "decision.threshold", decision.threshold());
        rate(block, "decision.alpha", decision.alpha());
        share(block, "decision.completeness", decision.completeness());
        share(block, "decision.coverage", decision.coverage());
        notNegative(block, "decision.soak", decision.soak());
        notNegative(block, "decision.max-age", decision.maxAge());
        if (decision.maxAge() != null && decision.maxAge().isZero()) {
            throw block.invalid("decision.max-age", decision.maxAge(), "must be longer than zero", CHANGE);
        }
        if (decision.latency() != null) {
            check(block, decision.latency());
        }
    }

    private static void check(PropertyBlock block, LatencyProperties latency) {
        List<Double> quantiles = latency.quantiles() != null ? latency.quantiles() : List.of();
        quantiles.forEach(quantile -> rate(block, "decision.latency.quantiles", quantile));
        Double factor = latency.factor();
        if (factor != null && !(factor >= 1 && factor <= Double.MAX_VALUE)) { // also catches NaN
            throw block.invalid("decision.latency.factor", factor, "must be 1 or more, and finite", CHANGE);
        }
        notNegative(block, "decision.latency.slack", latency.slack());
    }

    /** Requires a share that is neither 0 nor 1. */
    private static void rate(PropertyBlock block, String key, @Nullable Double value) {
        if (value != null && !(value > 0 && value < 1)) { // also catches NaN
            throw block.invalid(key, value, "must be between 0 and 1, and neither of them", CHANGE);
        }
    }

    static void share(PropertyBlock block, String key, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) { // also catches NaN
            throw block.invalid(key, value, "must be between 0 and 1", CHANGE);
        }
    }

    private static void notNegative(PropertyBlock block, String key, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            throw block.invalid(key, value, "must be zero or longer", CHANGE);
        }
    }
}
