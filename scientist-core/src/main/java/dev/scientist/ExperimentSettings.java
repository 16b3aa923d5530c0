package dev.scientist;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
            true, 1.0, Integer.MAX_VALUE, 64, Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, Adaptation.NONE);

    private final boolean enabled;
    private final double sampleRate;
    private final int maxPerSecond;
    private final int maxConcurrent;
    private final Duration candidateTimeout;
    private final Duration comparisonTimeout;
    private final int maxElements;
    private final Adaptation adaptation;
    private final double share; // worked out once, because every call reads it

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

    /** Whether candidates are started at all; the experiment's kill switch. Default true. */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * The share of calls that is sampled as somebody has set it, 0 to 1; 0 is never and 1 is always. Default 1. See {@link
     * #share()}.
     */
    public double sampleRate() {
        return sampleRate;
    }

    /**
     * The share of calls that is sampled now: {@link #sampleRate()}, unless {@link ExperimentOptions.Sampling#ADAPTIVE} has
     * lowered it; never more.
     */
    public double share() {
        return share;
    }

    /**
     * Why {@link #share()} was lowered the last time; empty where it was not since somebody set {@link #sampleRate()}.
     */
    public Optional<Halving> lastHalving() {
        return Optional.ofNullable(adaptation.last());
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
     * How many elements of a stream ({@code Flux}) are kept for comparing, and as many again while they are compared. A longer
     * one is compared in windows where its comparator {@linkplain ResultComparator#comparesInWindows() can} and nobody needs
     * the whole answer, and the candidate is no further behind than this. Otherwise it is {@link Verdict.Reason#OVER_BUDGET},
     * which is no evidence against the candidate. Default 1 000.
     */
    public int maxElements() {
        return maxElements;
    }

    /** The same settings, switched on or off. */
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
     * The same settings with another {@link #sampleRate()}, between 0 and 1, or with the same one: either way {@link
     * #share()} is what it was before it was ever lowered.
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

    /** The same settings with another {@link #maxPerSecond()}, at least 1. */
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

    /** The same settings with another {@link #maxConcurrent()}, at least 1. What is in flight already goes on. */
    public ExperimentSettings maxConcurrent(int value) {
        int limit = Checks.positive(value, "maxConcurrent");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, limit, candidateTimeout, comparisonTimeout, maxElements, adaptation);
    }

    /** The same settings with another {@link #candidateTimeout()}, longer than zero. */
    public ExperimentSettings candidateTimeout(Duration value) {
        Duration limit = Checks.positive(value, "candidateTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, limit, comparisonTimeout, maxElements, adaptation);
    }

    /** The same settings with another {@link #comparisonTimeout()}, longer than zero. */
    public ExperimentSettings comparisonTimeout(Duration value) {
        Duration limit = Checks.positive(value, "comparisonTimeout");
        return new ExperimentSettings(
                enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, limit, maxElements, adaptation);
    }

    /** The same settings with another {@link #maxElements()}, at least 1. */
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

    /** The same settings under another way to lower the share. */
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
     * One halving of the share, by {@link ExperimentOptions.Sampling#ADAPTIVE}.
     *
     * @param cause what the primary is protected from
     * @param at when
     * @param from the share before
     * @param to the share since
     * @param sentence what was seen, for people; holds no values of calls
     */
    public record Halving(Cause cause, Instant at, double from, double to, String sentence) {

        /** Why a share is halved; the {@code reason} tag in metrics. */
        public enum Cause {
            /** A sampled call, or a second run of the primary, found no permit. */
            PERMITS("permits"),
            /** A sampled call was over {@link ExperimentSettings#maxPerSecond()}. */
            CAP("cap"),
            /** The primary was shown slower in sampled calls than in others. */
            LATENCY("latency"),
            /** A caller waited for a connection while candidates of the experiment held some of the pool. */
            POOL("pool");

            private final String tag;

            Cause(String tag) {
                this.tag = tag;
            }

            /** The value of the {@code reason} tag in metrics and reports: lower snake case. */
            public String tag() {
                return tag;
            }
        }
    }
}
