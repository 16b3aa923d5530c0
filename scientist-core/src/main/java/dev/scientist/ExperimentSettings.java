package dev.scientist;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed about an experiment while it runs. Immutable: {@link Experiment#change} replaces the whole,
 * and the next call, on any thread, sees it.
 *
 * @since 0.1.0
 */
public final class ExperimentSettings {

    /** What an experiment has unless its options say otherwise. */
    static final ExperimentSettings DEFAULTS = new ExperimentSettings(
            true, 1.0, Integer.MAX_VALUE, 64, Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000);

    private final boolean enabled;
    private final double sampleRate;
    private final int maxPerSecond;
    private final int maxConcurrent;
    private final Duration candidateTimeout;
    private final Duration comparisonTimeout;
    private final int maxElements;

    private ExperimentSettings(
            boolean enabled,
            double sampleRate,
            int maxPerSecond,
            int maxConcurrent,
            Duration candidateTimeout,
            Duration comparisonTimeout,
            int maxElements) {
        this.enabled = enabled;
        this.sampleRate = sampleRate;
        this.maxPerSecond = maxPerSecond;
        this.maxConcurrent = maxConcurrent;
        this.candidateTimeout = candidateTimeout;
        this.comparisonTimeout = comparisonTimeout;
        this.maxElements = maxElements;
    }

    /** Whether candidates are started at all; the experiment's kill switch. Default true. */
    public boolean isEnabled() {
        return enabled;
    }

    /** The share of calls that is sampled, 0 to 1; 0 is never and 1 is always. Default 1. */
    public double sampleRate() {
        return sampleRate;
    }

    /** How many calls at most are sampled in each second of the monotonic clock. Default no limit. */
    public int maxPerSecond() {
        return maxPerSecond;
    }

    /**
     * How many candidates may be in flight: accepted, running, being compared, or late and not yet ended. Default 64.
     */
    public int maxConcurrent() {
        return maxConcurrent;
    }

    /** How long a candidate may run, from when it starts. Looked at every few milliseconds. Default 1 s. */
    public Duration candidateTimeout() {
        return candidateTimeout;
    }

    /**
     * How long comparing, ignore rules and cleaning may take for one trial. Looked at every few milliseconds. Default 1
     * s.
     */
    public Duration comparisonTimeout() {
        return comparisonTimeout;
    }

    /**
     * How many elements of a stream ({@code Flux}) are kept for comparing; of a longer one nothing is compared, which is no
     * evidence against the candidate. Default 1 000.
     */
    public int maxElements() {
        return maxElements;
    }

    /** The same settings, switched on or off. */
    public ExperimentSettings enabled(boolean value) {
        return new ExperimentSettings(
                value, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, comparisonTimeout, maxElements);
    }

    /** The same settings with another {@link #sampleRate()}, between 0 and 1. */
    public ExperimentSettings sampleRate(double value) {
        double rate = Checks.rate(value, "sampleRate");
        return new ExperimentSettings(
                enabled, rate, maxPerSecond, maxConcurrent, candidateTimeout, comparisonTimeout, maxElements);
    }

    /** The same settings with another {@link #maxPerSecond()}, at least 1. */
    public ExperimentSettings maxPerSecond(int value) {
        int limit = Checks.positive(value, "maxPerSecond");
        return new ExperimentSettings(
                enabled, sampleRate, limit, maxConcurrent, candidateTimeout, comparisonTimeout, maxElements);
    }

    /** The same settings with another {@link #maxConcurrent()}, at least 1. What is in flight already goes on. */
    public ExperimentSettings maxConcurrent(int value) {
        int limit = Checks.positive(value, "maxConcurrent");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, limit, candidateTimeout, comparisonTimeout, maxElements);
    }

    /** The same settings with another {@link #candidateTimeout()}, longer than zero. */
    public ExperimentSettings candidateTimeout(Duration value) {
        Duration limit = Checks.positive(value, "candidateTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, limit, comparisonTimeout, maxElements);
    }

    /** The same settings with another {@link #comparisonTimeout()}, longer than zero. */
    public ExperimentSettings comparisonTimeout(Duration value) {
        Duration limit = Checks.positive(value, "comparisonTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, limit, maxElements);
    }

    /** The same settings with another {@link #maxElements()}, at least 1. */
    public ExperimentSettings maxElements(int value) {
        int limit = Checks.positive(value, "maxElements");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, comparisonTimeout, limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExperimentSettings that
                && enabled == that.enabled
                && sampleRate == that.sampleRate
                && maxPerSecond == that.maxPerSecond
                && maxConcurrent == that.maxConcurrent
                && candidateTimeout.equals(that.candidateTimeout)
                && comparisonTimeout.equals(that.comparisonTimeout)
                && maxElements == that.maxElements;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, comparisonTimeout, maxElements);
    }

    @Override
    public String toString() {
        return "enabled=" + enabled + ", sampleRate=" + sampleRate + ", maxPerSecond=" + maxPerSecond
                + ", maxConcurrent=" + maxConcurrent + ", candidateTimeout=" + candidateTimeout
                + ", comparisonTimeout=" + comparisonTimeout + ", maxElements=" + maxElements;
    }
}
