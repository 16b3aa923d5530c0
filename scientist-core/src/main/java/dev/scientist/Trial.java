package dev.scientist;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an experiment in which at least one candidate was started: what each side did, and what it came to.
 *
 * <p>Immutable. With a cleaner configured the outcomes hold cleaned values and the differences hold none; otherwise
 * both hold what the two sides returned; with a {@link SnapshotFormat} the outcomes hold its documents in the place of
 * values, also of the candidates', so their type is the format's own. {@code toString()} never shows a value.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public final class Trial<T> {

    /** What the primary's second run is called. */
    static final String REPLICATE = "replicate";

    private final String experiment;
    private final Instant startedAt;
    private final Instant endedAt;
    private final Map<String, Object> attributes;
    private final Map<String, String> mdc;
    private final @Nullable String traceId;
    private final Outcome<T> primary;
    private final List<Candidate<T>> candidates;
    private final @Nullable Candidate<T> replicate;

    Trial(
            String experiment,
            Instant startedAt,
            Instant endedAt,
            Map<String, Object> attributes,
            Map<String, String> mdc,
            @Nullable String traceId,
            Outcome<T> primary,
            List<Candidate<T>> candidates,
            @Nullable Candidate<T> replicate) {
        this.experiment = experiment;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.attributes = attributes;
        this.mdc = Collections.unmodifiableMap(mdc);
        this.traceId = traceId;
        this.primary = primary;
        this.candidates = List.copyOf(candidates);
        this.replicate = replicate;
    }

    /** The name of the experiment. */
    public String experiment() {
        return experiment;
    }

    /** When the primary was called. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When the verdicts were reached. */
    public Instant endedAt() {
        return endedAt;
    }

    /** The attributes given with the call; unmodifiable, possibly empty. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * What the caller's log lines carry (SLF4J's MDC), as it was at the call; unmodifiable, possibly empty. It is in place
     * while publishers run, and what tells to which request a disagreement belongs. It is the application's text, and may
     * name persons.
     */
    public Map<String, String> mdc() {
        return mdc;
    }

    /** The caller's trace, where a {@link ContextCarrier} tells it; {@code null} if there is none. */
    public @Nullable String traceId() {
        return traceId;
    }

    /** What the primary did. A value of which no snapshot could be taken, or whose judgement was given up, is left out. */
    public Outcome<T> primary() {
        return primary;
    }

    /** What each candidate did that was started, in the order of {@link Experiment#candidates()}; not empty. */
    public List<Candidate<T>> candidates() {
        return candidates;
    }

    /**
     * What the primary did when it was run once more for this call, held against its first answer like a candidate's: its
     * disagreements are the primary's own noise. {@link Verdict#SKIPPED} with the reason where it was to run and did not, such as
     * for want of a permit; {@code null} for calls in which it was not to run. See {@link
     * ExperimentOptions.Builder#replicateRate}. Counted in no {@link Tally}.
     */
    public @Nullable Candidate<T> replicate() {
        return replicate;
    }

    /** The candidates that disagreed with the primary; empty when none did. */
    public List<Candidate<T>> disagreements() {
        return candidates.stream().filter(c -> c.verdict().isDisagreement()).toList();
    }

    /** Whether any candidate disagreed with the primary. */
    public boolean isDisagreement() {
        return candidates.stream().anyMatch(c -> c.verdict().isDisagreement());
    }

    @Override
    public String toString() {
        return experiment + ": primary " + primary + "; " + candidates + (replicate == null ? "" : "; " + replicate);
    }

    /**
     * What one candidate did in a trial, and the verdict.
     *
     * @param <T> the type of the answer
     */
    public static final class Candidate<T> {
        private final String name;
        private final Outcome<T> outcome;
        private final Ruling ruling;

        Candidate(String name, Outcome<T> outcome, Ruling ruling) {
            this.name = name;
            this.outcome = outcome;
            this.ruling = ruling;
        }

        Ruling ruling() {
            return ruling;
        }

        /** The candidate's name. */
        public String name() {
            return name;
        }

        /**
         * What the candidate did. A value that could not be translated, or whose comparison was given up, is left out.
         */
        public Outcome<T> outcome() {
            return outcome;
        }

        /** What the call came to for this candidate; {@link Verdict#SKIPPED} only for a {@link Trial#replicate()}. */
        public Verdict verdict() {
            return ruling.verdict();
        }

        /** Why, where the verdict needs a reason; otherwise {@link Verdict.Reason#NONE}. */
        public Verdict.Reason reason() {
            return ruling.reason();
        }

        /** Where the two sides disagree; empty unless the verdict is a disagreement or {@link Verdict#IGNORED}. */
        public List<Difference> differences() {
            return ruling.differences();
        }

        /**
         * How many places were left out of the comparison, because at least one side had not loaded them; 0 without a {@link
         * SnapshotFormat}.
         */
        public int notLoaded() {
            return ruling.notLoaded();
        }

        /**
         * The name of the ignore rule that accepted the difference; {@code null} unless the verdict is {@link
         * Verdict#IGNORED}.
         */
        public @Nullable String ignoredBy() {
            return ruling.ignoredBy();
        }

        @Override
        public String toString() {
            String reason = reason() == Verdict.Reason.NONE ? "" : "(" + reason().tag() + ")";
            return name + " " + verdict().tag() + reason + (differences().isEmpty() ? "" : " " + differences());
        }
    }
}
