package dev.scientist.decision;

import static dev.scientist.decision.Sentences.confidence;
import static dev.scientist.decision.Sentences.millis;

import dev.scientist.LatencyComparison;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.Stratum.Latency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Compares the primary's latency in sampled calls with that in others. It is slower if, at the median or at 99 %, its
 * lower bound in sampled calls is above 1.25 times its upper bound in the others plus 0.1 ms. The bounds are valid
 * however often one looks, and the probability that any of the four is ever wrong is at most 1 %.
 *
 * <p>Found by {@link java.util.ServiceLoader}; needs HdrHistogram. Threads: as {@link LatencyComparison} says.
 *
 * @since 0.1.0
 */
public final class PrimaryLatency implements LatencyComparison {

    private static final double ALPHA = 0.01; // chosen: a needless halving costs only half of the evidence
    private static final List<Double> QUANTILES = List.of(0.5, 0.99);
    private static final Duration SLACK = Duration.ofNanos(100_000); // chosen: the wake-ups of some twenty threads
    private static final long SHORTEST = 1_000; // nanoseconds
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 2;

    private final LatencyPolicy allowed;
    private final double alpha;
    private final AbstractHistogram sampled = new ConcurrentHistogram(SHORTEST, LONGEST, DIGITS);
    private final AbstractHistogram others = new ConcurrentHistogram(SHORTEST, LONGEST, DIGITS);

    /** Creates a comparison with nothing recorded. */
    public PrimaryLatency() {
        this(LatencyPolicy.of(QUANTILES, 1.25, SLACK), ALPHA);
    }

    /**
     * Creates a comparison with nothing recorded.
     *
     * @param allowed at which quantiles, and by how much, sampled calls may be slower
     * @param alpha the probability of ever finding them slower if they are not
     */
    PrimaryLatency(LatencyPolicy allowed, double alpha) {
        this.allowed = allowed;
        this.alpha = alpha;
    }

    @Override
    public LatencyComparison begin() {
        return new PrimaryLatency(allowed, alpha);
    }

    @Override
    public void record(boolean isSampled, long nanos) {
        (isSampled ? sampled : others).recordValue(Math.min(LONGEST, nanos));
    }

    @Override
    public @Nullable String slower() {
        Latency shadowed = LatencyHistograms.latency(sampled.copy(), 0);
        Latency alone = LatencyHistograms.latency(others.copy(), 0);
        double share = alpha / (2 * allowed.quantiles().size());
        for (double quantile : allowed.quantiles()) {
            long least = LatencyBounds.lower(shadowed, quantile, share);
            long most = LatencyBounds.upper(alone, quantile, share);
            if (most != Long.MAX_VALUE && (double) least > limit(most)) {
                return Sentences.written(quantile) + " of the primary's calls that are sampled take more than "
                        + millis((double) least) + ", and of the others at most " + millis((double) most) + ", with "
                        + confidence(alpha) + " confidence at any time";
            }
        }
        return null;
    }

    private double limit(long nanos) {
        return (double) nanos * allowed.factor() + (double) allowed.slack().toNanos();
    }
}
