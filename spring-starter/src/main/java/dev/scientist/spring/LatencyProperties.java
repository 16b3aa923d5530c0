package dev.scientist.spring;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties {@code decision.latency.*}: how long a candidate may take. {@code null} stands
 * for a property that is not set.
 *
 * @param quantiles At which quantiles both sides are compared, each 0 to 1, both excluded; empty to leave latency
 *     out. Default: 0.5, 0.95, 0.99.
 * @param factor How many times the primary's time the candidate may take, 1 or more.
 * @param slack How much longer than the factor allows the candidate may take, zero or longer;
 *     milliseconds where no unit is given.
 */
record LatencyProperties(
        @Nullable List<Double> quantiles,
        @Nullable Double factor,
        @Nullable Duration slack) {

    /** These properties, completed by others where they are not set. */
    LatencyProperties over(@Nullable LatencyProperties others) {
        if (others == null) {
            return this;
        }
        return new LatencyProperties(
                quantiles != null ? quantiles : others.quantiles,
                factor != null ? factor : others.factor,
                slack != null ? slack : others.slack);
    }

    /** A latency policy from these properties, completed by a given policy where they are not set. */
    LatencyPolicy over(LatencyPolicy policy) {
        return LatencyPolicy.of(
                quantiles != null ? quantiles : policy.quantiles(),
                factor != null ? factor : policy.factor(),
                slack != null ? slack : policy.slack());
    }
}
