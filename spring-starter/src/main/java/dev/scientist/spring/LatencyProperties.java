package dev.scientist.spring;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate may take, as far as properties say it. {@code null} is what nobody said.
 *
 * @param quantiles At which quantiles both sides are compared, each 0 to 1, both excluded; empty to leave latency out.
 *     Default: 0.5, 0.95, 0.99.
 * @param factor How many times the primary's time the candidate may take, 1 or more.
 * @param slack How much longer than the factor allows the candidate may take, zero or longer; milliseconds where no unit is given.
 */
record LatencyProperties(
        @Nullable List<Double> quantiles,
        @Nullable Double factor,
        @Nullable Duration slack) {

    /** These, and where they say nothing, the others. */
    LatencyProperties over(@Nullable LatencyProperties others) {
        if (others == null) {
            return this;
        }
        return new LatencyProperties(
                quantiles != null ? quantiles : others.quantiles,
                factor != null ? factor : others.factor,
                slack != null ? slack : others.slack);
    }

    /** These, and where they say nothing, the policy's. */
    LatencyPolicy over(LatencyPolicy policy) {
        return new LatencyPolicy(
                quantiles != null ? quantiles : policy.quantiles(),
                factor != null ? factor : policy.factor(),
                slack != null ? slack : policy.slack());
    }
}
