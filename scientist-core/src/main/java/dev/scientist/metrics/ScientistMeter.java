package dev.scientist.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meters of this library: the single source of their names and tags, on which dashboards depend. Tag values are
 * lower snake case, except names that users chose. The meters from {@link #RATE_UPPER} on need a decision policy as
 * well as the counts; the Spring Boot starter publishes them.
 *
 * @since 0.1.0
 */
public enum ScientistMeter {
    /** Calls, counted once for each candidate. */
    TRIALS(
            "scientist.trials",
            "counter",
            null,
            "Calls, counted once for each candidate; the verdicts of a candidate sum to the calls",
            "experiment",
            "candidate",
            "verdict",
            "reason"),
    /** The latency of each side in calls whose candidate was started. */
    DURATION(
            "scientist.duration",
            "timer",
            "seconds",
            "How long each side took in calls whose candidate was started; several candidates share the side candidate",
            "experiment",
            "side",
            "outcome"),
    /** The time that the library added to the caller's thread, measured on about one call in 64. */
    OVERHEAD(
            "scientist.overhead",
            "timer",
            "seconds",
            "What the library added to the caller's thread, measured on about one call in 64",
            "experiment"),
    /** The time that judging a trial took, off the caller's path. */
    COMPARISON(
            "scientist.comparison",
            "timer",
            "seconds",
            "How long judging a trial took, off the caller's path",
            "experiment"),
    /** Differences found in disagreements that no rule ignored. */
    DIFFERENCES(
            "scientist.differences",
            "counter",
            null,
            "Differences found in disagreements that no rule ignored; the paths are in the report",
            "experiment",
            "kind",
            "severity"),
    /** Candidates in flight: accepted, running, being compared, or late and not yet ended. */
    IN_FLIGHT(
            "scientist.in.flight",
            "gauge",
            "candidates",
            "Candidates accepted, running, being compared, or late and not yet ended",
            "experiment"),
    /** Failures of hooks, such as samplers, comparators and publishers. */
    HOOK_FAILURES(
            "scientist.hook.failures",
            "counter",
            null,
            "Failures of what is plugged in: samplers, comparators, publishers and others",
            "experiment",
            "hook"),
    /** The number of times that adaptive sampling halved the share of sampled calls. */
    SAMPLING_HALVINGS(
            "scientist.sampling.halvings",
            "counter",
            null,
            "How often adaptive sampling halved the share of sampled calls to protect the primary",
            "experiment",
            "reason"),
    /** Disagreements that a named rule accepted. */
    IGNORED("scientist.ignored", "counter", null, "Disagreements that a named rule accepted", "experiment", "rule"),
    /** The upper bound of the true rate of bad calls, with the policy's confidence, at any time. */
    RATE_UPPER(
            "scientist.rate.upper",
            "gauge",
            null,
            "What the true rate of bad calls is below, with the policy's confidence, at any time",
            "experiment",
            "stratum"),
    /** The lower bound of the true rate of bad calls, with the policy's confidence, at any time. */
    RATE_LOWER(
            "scientist.rate.lower",
            "gauge",
            null,
            "What the true rate of bad calls is above, with the policy's confidence, at any time",
            "experiment",
            "stratum"),
    /** The rate of bad calls that the policy tolerates. */
    RATE_THRESHOLD(
            "scientist.rate.threshold",
            "gauge",
            null,
            "The rate of bad calls that the policy tolerates",
            "experiment",
            "stratum"),
    /** The number of comparisons still needed if all of them are equal. */
    EVIDENCE_MISSING(
            "scientist.evidence.missing",
            "gauge",
            "comparisons",
            "Comparisons still needed if all of them are equal; 0 where the rate is known to be below or above its threshold",
            "experiment",
            "stratum"),
    /** The decision that the counts justify now: 1 for this one, 0 for the others. */
    DECISION(
            "scientist.decision",
            "gauge",
            null,
            "1 for what the counts justify now, 0 for the others",
            "experiment",
            "decision");

    private final String meterName;
    private final String kind;
    private final @Nullable String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> tags;

    ScientistMeter(String meterName, String kind, @Nullable String unit, String description, String... tags) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** The name in Micrometer, such as {@code scientist.trials}. */
    public String meterName() {
        return meterName;
    }

    /** The kind of the meter: {@code counter}, {@code timer} or {@code gauge}. */
    public String kind() {
        return kind;
    }

    /** The base unit, or {@code null} for a plain count. */
    public @Nullable String unit() {
        return unit;
    }

    /** One sentence that explains the meter to people. */
    public String description() {
        return description;
    }

    /** The tag keys, in order. */
    public List<String> tags() {
        return tags;
    }
}
