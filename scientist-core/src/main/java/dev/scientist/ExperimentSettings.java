package dev.scientist;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an experiment that can be changed while it runs. Instances are immutable: {@link Experiment#change}
 * replaces the whole object, and the next call, on any thread, sees the new one.
 *
 * @since 0.1.0
 */
public final class ExperimentSettings {

    /** The settings of an experiment unless its options say otherwise. */
    static final ExperimentSettings DEFAULTS = new ExperimentSettings(
            true, 1.0, Integer.MAX_VALUE, 64, Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, Adaptation.NONE);

    private final boolean enabled;
    private final double sampleRate;
    private final int maxPerSecond;
    private final int maxConcurrent;
    private final Duration candidateTimeout;
    private final Duration comparisonTimeout;
    private final int maxElements;
    private final Adaptation adaptation;
    private final double share; // computed once, because every call reads it

    private ExperimentSettings(
            boolean enabled,
            double sampleRate,
            int maxPerSecond,
            int maxConcurrent,
            Duration candidateTimeout,
            Duration comparisonTimeout,
            int maxElements,
            Adaptation adaptation) {
        this.enabled = enabled;
        this.sampleRate = sampleRate;
        this.maxPerSecond = maxPerSecond;
        this.maxConcurrent = maxConcurrent;
        this.candidateTimeout = candidateTimeout;
        this.comparisonTimeout = comparisonTimeout;
        this.maxElements = maxElements;
        this.adaptation = adaptation;
        this.share = adaptation.share(sampleRate);
    }

    /** Returns whether candidates are started at all. This is the experiment's kill switch. Default true. */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Returns the share of sampled calls as somebody has set it, 0 to 1; 0 is never and 1 is always. Default 1. See
     * {@link #share()}.
     */
    public double sampleRate() {
        return sampleRate;
    }

    /**
     * Returns the share of calls that is sampled now. It is {@link #sampleRate()}, or less if
     * {@link ExperimentOptions.Sampling#ADAPTIVE} has lowered it.
     */
    public double share() {
        return share;
    }

    /**
     * Returns why {@link #share()} was lowered the last time; empty if it was not lowered since somebody set
     * {@link #sampleRate()}.
     */
    public Optional<Halving> lastHalving() {
        return Optional.ofNullable(adaptation.last());
    }

    /** Returns how many calls are sampled at most in each second of the monotonic clock. Default no limit. */
    public int maxPerSecond() {
        return maxPerSecond;
    }

    /**
     * Returns how many candidates may be in flight: accepted, running, being compared, or late and not yet ended.
     * Default 64.
     */
    public int maxConcurrent() {
        return maxConcurrent;
    }

    /** Returns how long a candidate may run, from when it starts. It is checked every few milliseconds. Default 1 s. */
    public Duration candidateTimeout() {
        return candidateTimeout;
    }

    /**
     * Returns how long comparing, ignore rules and cleaning may take for one trial. It is checked every few
     * milliseconds. Default 1 s.
     */
    public Duration comparisonTimeout() {
        return comparisonTimeout;
    }

    /**
     * Returns how many elements of a stream ({@code Flux}) are kept for comparing; while they are compared, as many
     * again are kept. A longer stream is compared in windows if its comparator
     * {@linkplain ResultComparator#comparesInWindows() can do that}, if nobody needs the whole answer, and if the
     * candidate is at most this many elements behind. Otherwise the call is {@link Verdict.Reason#OVER_BUDGET}, which
     * is no evidence against the candidate. Default 1 000.
     */
    public int maxElements() {
        return maxElements;
    }

    /** Returns the same settings, switched on or off. */
    public ExperimentSettings enabled(boolean value) {
        return new ExperimentSettings(
                value,
                sampleRate,
                maxPerSecond,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                maxElements,
                adaptation);
    }

    /**
     * Returns the same settings with the given {@link #sampleRate()}, between 0 and 1. Even if the rate is the same as
     * before, {@link #share()} is raised again to what it is without any lowering.
     */
    public ExperimentSettings sampleRate(double value) {
        double rate = Checks.rate(value, "sampleRate");
        return new ExperimentSettings(
                enabled,
                rate,
                maxPerSecond,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                maxElements,
                adaptation.restored());
    }

    /** Returns the same settings with another {@link #maxPerSecond()}, at least 1. */
    public ExperimentSettings maxPerSecond(int value) {
        int limit = Checks.positive(value, "maxPerSecond");
        return new ExperimentSettings(
                enabled,
                sampleRate,
                limit,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                maxElements,
                adaptation);
    }

    /** Returns the same settings with another {@link #maxConcurrent()}, at least 1. Candidates in flight go on. */
    public ExperimentSettings maxConcurrent(int value) {
        int limit = Checks.positive(value, "maxConcurrent");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, limit, candidateTimeout, comparisonTimeout, maxElements, adaptation);
    }

    /** Returns the same settings with another {@link #candidateTimeout()}, longer than zero. */
    public ExperimentSettings candidateTimeout(Duration value) {
        Duration limit = Checks.positive(value, "candidateTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, limit, comparisonTimeout, maxElements, adaptation);
    }

    /** Returns the same settings with another {@link #comparisonTimeout()}, longer than zero. */
    public ExperimentSettings comparisonTimeout(Duration value) {
        Duration limit = Checks.positive(value, "comparisonTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, limit, maxElements, adaptation);
    }

    /** Returns the same settings with another {@link #maxElements()}, at least 1. */
    public ExperimentSettings maxElements(int value) {
        int limit = Checks.positive(value, "maxElements");
        return new ExperimentSettings(
                enabled,
                sampleRate,
                maxPerSecond,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                limit,
                adaptation);
    }

    /** Returns the same settings with another adaptation of the share. */
    ExperimentSettings adaptation(Adaptation value) {
        return new ExperimentSettings(
                enabled,
                sampleRate,
                maxPerSecond,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                maxElements,
                value);
    }

    Adaptation adaptation() {
        return adaptation;
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
                && maxElements == that.maxElements
                && adaptation.equals(that.adaptation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                enabled,
                sampleRate,
                maxPerSecond,
                maxConcurrent,
                candidateTimeout,
                comparisonTimeout,
                maxElements,
                adaptation);
    }

    @Override
    public String toString() {
        return "enabled=" + enabled + ", sampleRate=" + sampleRate
                + (share == sampleRate ? "" : ", share=" + share) + ", maxPerSecond=" + maxPerSecond
                + ", maxConcurrent=" + maxConcurrent + ", candidateTimeout=" + candidateTimeout
                + ", comparisonTimeout=" + comparisonTimeout + ", maxElements=" + maxElements;
    }

    /**
     * One halving of the share by {@link ExperimentOptions.Sampling#ADAPTIVE}.
     *
     * @param cause why the share was halved
     * @param at when it was halved
     * @param from the share before
     * @param to the share after
     * @param sentence the observation that led to it, for people; it contains no values of calls
     */
    public record Halving(Cause cause, Instant at, double from, double to, String sentence) {

        /** The cause for halving a share. It is the {@code reason} tag in metrics. */
        public enum Cause {
            /** A sampled call, or a second run of the primary, found no permit. */
            PERMITS("permits"),
            /** A sampled call was over {@link ExperimentSettings#maxPerSecond()}. */
            CAP("cap"),
            /** The primary was shown to be slower in sampled calls than in others. */
            LATENCY("latency"),
            /** A caller waited for a connection while candidates of the experiment held some of the pool. */
            POOL("pool");

            private final String tag;

            Cause(String tag) {
                this.tag = tag;
            }

            /** Returns the value of the {@code reason} tag in metrics and reports, in lower snake case. */
            public String tag() {
                return tag;
            }
        }
    }
}
