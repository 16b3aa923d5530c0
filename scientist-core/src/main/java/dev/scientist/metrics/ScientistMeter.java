package dev.scientist.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of this library: the single source of names and tags, on which dashboards depend. Tag values are
 * lower snake case, except names that users chose. Those from {@link #RATE_UPPER} on need a policy beside the counts, and
 * are shown by the Spring Boot starter.
 *
 * @since 0.1.0
 */
public enum ScientistMeter {
    /** Calls, once for each candidate. */
    TRIALS(
            "scientist.trials",
            "counter",
            null,
            "Calls, counted once for each candidate; the verdicts of a candidate sum to the calls",
            "experiment",
            "candidate",
            "verdict",
            "reason"),
    /** How long each side took, in trials. */
    DURATION(
            "scientist.duration",
            "timer",
            "seconds",
            "How long each side took in calls whose candidate was started; several candidates share the side candidate",
            "experiment",
            "side",
            "outcome"),
    /** What the library added to the caller. */
    OVERHEAD(
            "scientist.overhead",
            "timer",
            "seconds",
            "What the library added to the caller's thread, measured on about one call in 64",
            "experiment"),
    /** How long judging took. */
    COMPARISON(
            "scientist.comparison",
            "timer",
            "seconds",
            "How long judging a trial took, off the caller's path",
            "experiment"),
    /** Differences that were found. */
    DIFFERENCES(
            "scientist.differences",
            "counter",
            null,
            "Differences found in disagreements that no rule ignored; the paths are in the report",
            "experiment",
            "kind",
            "severity"),
    /** Candidates in flight. */
    IN_FLIGHT(
            "scientist.in.flight",
            "gauge",
            "candidates",
            "Candidates accepted, running, being compared, or late and not yet ended",
            "experiment"),
    /** Hooks that failed. */
    HOOK_FAILURES(
            "scientist.hook.failures",
            "counter",
            null,
            "Failures of what is plugged in: samplers, comparators, publishers and others",
            "experiment",
            "hook"),
    /** Halvings of the share of sampled calls. */
    SAMPLING_HALVINGS(
            "scientist.sampling.halvings",
            "counter",
            null,
            "How often adaptive sampling halved the share of sampled calls to protect the primary",
            "experiment",
            "reason"),
    /** Disagreements that a rule hid. */
    IGNORED("scientist.ignored", "counter", null, "Disagreements that a named rule accepted", "experiment", "rule"),
    /** What the true rate of bad calls is below. */
    RATE_UPPER(
            "scientist.rate.upper",
            "gauge",
            null,
            "What the true rate of bad calls is below, with the policy's confidence, at any time",
            "experiment",
            "stratum"),
    /** What the true rate of bad calls is above. */
    RATE_LOWER(
            "scientist.rate.lower",
            "gauge",
            null,
            "What the true rate of bad calls is above, with the policy's confidence, at any time",
            "experiment",
            "stratum"),
    /** The rate of bad calls that is tolerated. */
    RATE_THRESHOLD(
            "scientist.rate.threshold",
            "gauge",
            null,
            "The rate of bad calls that the policy tolerates",
            "experiment",
            "stratum"),
    /** How much evidence is missing. */
    EVIDENCE_MISSING(
            "scientist.evidence.missing",
            "gauge",
            "comparisons",
            "Comparisons still needed if all of them are equal; 0 where the rate is known to be below or above its threshold",
            "experiment",
            "stratum"),
    /** What the counts justify. */
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

    /** The Micrometer name. */
    public String meterName() {
        return meterName;
    }

    /** {@code counter}, {@code timer} or {@code gauge}. */
    public String kind() {
        return kind;
    }

    /** The base unit, or {@code null} for a plain count. */
    public @Nullable String unit() {
        return unit;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** The tag keys, in order. */
    public List<String> tags() {
        return tags;
    }
}
