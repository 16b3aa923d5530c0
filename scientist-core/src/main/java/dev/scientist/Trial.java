package dev.scientist;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an experiment in which at least one candidate was started: what each side did, and the verdicts.
 *
 * <p>Instances are immutable. With a cleaner configured, the outcomes hold cleaned values and the differences hold no
 * values. With a {@link SnapshotFormat}, the outcomes of all sides hold the format's documents in place of values, so
 * these are of the format's own type. Otherwise, outcomes and differences hold what the two sides returned.
 * {@code toString()} never shows a value.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public final class Trial<T> {

    /** The name of the primary's second run. */
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

    /** Returns the name of the experiment. */
    public String experiment() {
        return experiment;
    }

    /** Returns when the primary was called. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns when the verdicts were reached. */
    public Instant endedAt() {
        return endedAt;
    }

    /** Returns the attributes given with the call; unmodifiable, possibly empty. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * Returns the caller's logging context (SLF4J's MDC) as it was when the call was made; unmodifiable, possibly
     * empty. It is also set while publishers run, and shows to which request a disagreement belongs. It contains text
     * of the application, which may be personal data.
     */
    public Map<String, String> mdc() {
        return mdc;
    }

    /** Returns the caller's trace id, if a {@link ContextCarrier} knows it; otherwise {@code null}. */
    public @Nullable String traceId() {
        return traceId;
    }

    /**
     * Returns what the primary did. The value is left out if no snapshot of it could be taken, or if the judgement was
     * given up.
     */
    public Outcome<T> primary() {
        return primary;
    }

    /** Returns what each started candidate did, in the order of {@link Experiment#candidates()}; not empty. */
    public List<Candidate<T>> candidates() {
        return candidates;
    }

    /**
     * Returns what the primary did when it was run a second time for this call. Its second answer is compared with its
     * first like a candidate's, so its disagreements are the primary's own noise. The verdict is
     * {@link Verdict#SKIPPED}, with the reason, if the second run was planned but did not take place, for example
     * because no permit was free. The result is {@code null} if no second run was planned. See
     * {@link ExperimentOptions.Builder#replicateRate}. Second runs are not counted in a {@link Tally}.
     */
    public @Nullable Candidate<T> replicate() {
        return replicate;
    }

    /** Returns the candidates that disagreed with the primary; empty when none did. */
    public List<Candidate<T>> disagreements() {
        return candidates.stream().filter(c -> c.verdict().isDisagreement()).toList();
    }

    /** Returns whether any candidate disagreed with the primary. */
    public boolean isDisagreement() {
        return candidates.stream().anyMatch(c -> c.verdict().isDisagreement());
    }

    @Override
    public String toString() {
        return experiment + ": primary " + primary + "; " + candidates + (replicate == null ? "" : "; " + replicate);
    }

    /**
     * The outcome of one candidate in a trial, together with the verdict.
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

        /** Returns the candidate's name. */
        public String name() {
            return name;
        }

        /**
         * Returns what the candidate did. The value is left out if it could not be translated, or if its comparison was
         * given up.
         */
        public Outcome<T> outcome() {
            return outcome;
        }

        /**
         * Returns the verdict of the call for this candidate. It is {@link Verdict#SKIPPED} only for a
         * {@link Trial#replicate()}.
         */
        public Verdict verdict() {
            return ruling.verdict();
        }

        /** Returns the reason of the verdict; {@link Verdict.Reason#NONE} if the verdict needs no reason. */
        public Verdict.Reason reason() {
            return ruling.reason();
        }

        /**
         * Returns the differences between the two sides; empty unless the verdict is a disagreement or
         * {@link Verdict#IGNORED}.
         */
        public List<Difference> differences() {
            return ruling.differences();
        }

        /**
         * Returns how many places were left out of the comparison because at least one side had not loaded them; 0
         * without a {@link SnapshotFormat}.
         */
        public int notLoaded() {
            return ruling.notLoaded();
        }

        /**
         * Returns the name of the ignore rule that accepted the difference; {@code null} unless the verdict is
         * {@link Verdict#IGNORED}.
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
