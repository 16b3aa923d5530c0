package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.decision.Stratum.Latency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one candidate. It holds nothing but counts, so the evidence of several instances, days or files is
 * their sum. Immutable; two with the same counts are equal.
 *
 * <p>It is stored as the tree that {@link #toWire} makes and {@link #fromWire} reads.
 *
 * @since 0.1.0
 */
public final class EvidenceSnapshot extends Stored {

    private final String experiment;
    private final String candidate;
    private final List<Epoch> epochs;
    private final Instant from;
    private final Instant until;
    private final Instant takenAt;
    private final List<Stratum> strata;
    private final long shed;
    private final boolean replicated;
    private final Latency primaryLatency;
    private final Latency candidateLatency;
    private final List<Bucket> recent;

    private EvidenceSnapshot(Builder parts) {
        experiment = parts.experiment;
        candidate = parts.candidate;
        epochs = List.copyOf(new TreeSet<>(parts.epochs));
        from = parts.from;
        until = parts.until;
        takenAt = parts.takenAt;
        strata = Keyed.sum(parts.strata, List.of(), Stratum::name, Stratum::plus);
        shed = parts.shed;
        replicated = parts.replicated;
        primaryLatency = parts.primaryLatency;
        candidateLatency = parts.candidateLatency;
        recent = Keyed.sum(parts.recent, List.of(), Bucket::start, Bucket::plus);
        CountChecks.requireCount(shed, "shed");
        CountChecks.requireSum(shed, strata.stream().mapToLong(Stratum::total), "all calls of " + experiment);
        CountChecks.requireSum(0, recent.stream().mapToLong(Bucket::n), "the recent calls of " + experiment);
    }

    /**
     * A builder of evidence in which nothing is counted yet.
     *
     * @param experiment the experiment's name
     * @param candidate the candidate's name
     * @param from when counting began
     */
    public static Builder builder(String experiment, String candidate, Instant from) {
        return new Builder(experiment, candidate, from);
    }

    /**
     * This evidence with other counts: {@code evidence.with(changed -> changed.shed(7))}.
     *
     * @param changes sets what is to be different
     */
    public EvidenceSnapshot with(Consumer<Builder> changes) {
        Builder builder = builder(experiment, candidate, from)
                .epochs(epochs)
                .until(until)
                .takenAt(takenAt)
                .strata(strata)
                .shed(shed)
                .replicated(replicated)
                .primaryLatency(primaryLatency)
                .candidateLatency(candidateLatency)
                .recent(recent);
        changes.accept(builder);
        return builder.build();
    }

    /** The experiment's name. */
    public String experiment() {
        return experiment;
    }

    /** The candidate's name. */
    public String candidate() {
        return candidate;
    }

    /**
     * The epochs whose calls are counted here, sorted. There are several after a merge of different epochs, or if
     * Scientists compare differently under one name; such evidence proves nothing. There is none if a comparison could
     * not be described.
     */
    public List<Epoch> epochs() {
        return epochs;
    }

    /** When counting began. */
    public Instant from() {
        return from;
    }

    /** When the last comparison ended; {@link #from} before the first one. */
    public Instant until() {
        return until;
    }

    /** When the counts were read. */
    public Instant takenAt() {
        return takenAt;
    }

    /** The counts of each class of calls, sorted by name, each name once. */
    public List<Stratum> strata() {
        return strata;
    }

    /**
     * The number of calls that were to be compared and were not: no permit, open breaker, cut off by closing, no answer
     * of the primary in time, or nothing safe to start.
     */
    public long shed() {
        return shed;
    }

    /** Whether the primary runs twice in some of the calls, so that its own noise can be seen. */
    public boolean replicated() {
        return replicated;
    }

    /** The latency of the primary in the compared calls. */
    public Latency primaryLatency() {
        return primaryLatency;
    }

    /** The latency of the candidate in the same calls. */
    public Latency candidateLatency() {
        return candidateLatency;
    }

    /** The latest comparisons in buckets of 10 s, oldest first, for alarms. */
    List<Bucket> recent() {
        return recent;
    }

    /**
     * The number of calls that were compared or could not be compared. It does not include {@link #shed}, nor calls
     * whose caller cancelled them before there was anything to compare, which are not counted at all.
     */
    public long compared() {
        long sum = 0;
        for (Stratum stratum : strata) {
            sum += stratum.total();
        }
        return sum;
    }

    /**
     * Adds the evidence of another instance, day or file. The order and grouping of additions do not matter. The other
     * snapshot must be about other calls, which cannot be checked here. A snapshot holds everything that was counted
     * since its epoch began, so of each instance only the latest snapshot may be added.
     *
     * @throws IllegalArgumentException if the other snapshot is about another experiment or candidate
     */
    public EvidenceSnapshot merge(EvidenceSnapshot other) {
        if (!experiment.equals(other.experiment) || !candidate.equals(other.candidate)) {
            throw new IllegalArgumentException("evidence of " + experiment + "/" + candidate
                    + " must be merged with its own but was with that of " + other.experiment + "/" + other.candidate);
        }
        return builder(experiment, candidate, from.isBefore(other.from) ? from : other.from)
                .epochs(Keyed.both(epochs, other.epochs))
                .until(until.isAfter(other.until) ? until : other.until)
                .takenAt(takenAt.isAfter(other.takenAt) ? takenAt : other.takenAt)
                .strata(Keyed.both(strata, other.strata))
                .shed(Math.addExact(shed, other.shed))
                .replicated(replicated || other.replicated)
                .primaryLatency(primaryLatency.plus(other.primaryLatency))
                .candidateLatency(candidateLatency.plus(other.candidateLatency))
                .recent(Keyed.both(recent, other.recent))
                .build();
    }

    /**
     * These counts as a tree of maps, lists, text and numbers, for any JSON library or store. Its keys have a fixed
     * order, instants are ISO 8601 in UTC, and {@code version} says how it is to be read. Unmodifiable.
     */
    public Map<String, Object> toWire() {
        return Wire.versioned(EvidenceWire.VERSION, tree());
    }

    /**
     * Reads a tree that {@link #toWire} made, in this version of Scientist or an earlier one. Whole numbers may have
     * come back as any type of number that holds them exactly.
     *
     * @throws IllegalArgumentException if a newer version wrote the tree, or it was changed: it lacks a key, has a key
     *     that its version does not know, or a value that cannot be; the message names the place
     */
    public static EvidenceSnapshot fromWire(Map<String, ?> tree) {
        return EvidenceWire.read(tree);
    }

    /** The subject of a sentence about a stratum; null for all calls. */
    String subject(@Nullable String stratum) {
        return stratum == null ? experiment : experiment + " [" + stratum + "]";
    }

    /** The pairs of the strata that fulfil a condition. */
    Pairs pairs(Predicate<Stratum> isAskedFor) {
        if (!replicated) {
            return Pairs.NONE; // the usual case
        }
        return strata.stream().filter(isAskedFor).map(Stratum::pairs).reduce(Pairs.NONE, Pairs::plus);
    }

    @Override
    Map<String, Object> tree() {
        return Wire.tree(
                "experiment", experiment,
                "candidate", candidate,
                "epochs", epochs.stream().map(Epoch::tree).toList(),
                "from", from.toString(),
                "until", until.toString(),
                "takenAt", takenAt.toString(),
                "strata", strata.stream().map(Stratum::tree).toList(),
                "shed", shed,
                "replicated", replicated ? 1 : 0,
                "primaryLatency", primaryLatency.tree(),
                "candidateLatency", candidateLatency.tree(),
                "recent", recent.stream().map(Bucket::tree).toList());
    }

    /** Builds evidence; every count is 0 until it is set. Not thread-safe. */
    public static final class Builder {

        private final String experiment;
        private final String candidate;
        private final Instant from;
        private List<Epoch> epochs = List.of(Epoch.UNNAMED);
        private Instant until;
        private Instant takenAt;
        private List<Stratum> strata = List.of();
        private long shed;
        private boolean replicated;
        private Latency primaryLatency = Latency.NONE;
        private Latency candidateLatency = Latency.NONE;
        private List<Bucket> recent = List.of();

        private Builder(String experiment, String candidate, Instant from) {
            this.experiment = requireNonNull(experiment, "experiment");
            this.candidate = requireNonNull(candidate, "candidate");
            this.from = requireNonNull(from, "from");
            until = from;
            takenAt = from;
        }

        /** Sets {@link EvidenceSnapshot#epochs()}; default {@link Epoch#UNNAMED}. */
        public Builder epochs(List<Epoch> compared) {
            epochs = List.copyOf(compared);
            return this;
        }

        /** Sets {@link EvidenceSnapshot#until()}; default {@link EvidenceSnapshot#from()}. */
        public Builder until(Instant ended) {
            until = requireNonNull(ended, "until");
            return this;
        }

        /** Sets {@link EvidenceSnapshot#takenAt()}; default {@link EvidenceSnapshot#from()}. */
        public Builder takenAt(Instant read) {
            takenAt = requireNonNull(read, "takenAt");
            return this;
        }

        /** Sets {@link EvidenceSnapshot#strata()}; those with the same name are added. Default: none. */
        public Builder strata(List<Stratum> counts) {
            strata = List.copyOf(counts);
            return this;
        }

        /** Sets {@link EvidenceSnapshot#shed()}. */
        public Builder shed(long calls) {
            shed = calls;
            return this;
        }

        /** Sets {@link EvidenceSnapshot#replicated()}; default false. */
        public Builder replicated(boolean isReplicated) {
            replicated = isReplicated;
            return this;
        }

        /** Sets {@link EvidenceSnapshot#primaryLatency()}; default {@link Latency#NONE}. */
        public Builder primaryLatency(Latency counts) {
            primaryLatency = requireNonNull(counts, "primaryLatency");
            return this;
        }

        /** Sets {@link EvidenceSnapshot#candidateLatency()}; default {@link Latency#NONE}. */
        public Builder candidateLatency(Latency counts) {
            candidateLatency = requireNonNull(counts, "candidateLatency");
            return this;
        }

        /** Sets the latest comparisons; those with the same beginning are added. Default: none. */
        Builder recent(List<Bucket> buckets) {
            recent = List.copyOf(buckets);
            return this;
        }

        /**
         * Makes the evidence.
         *
         * @throws IllegalArgumentException if a count is negative, or the sum of the calls overflows
         */
        public EvidenceSnapshot build() {
            return new EvidenceSnapshot(this);
        }
    }

    /**
     * The versions that were compared, and the rules. Evidence about one epoch is no evidence about another one. A
     * record: whatever else makes an epoch is told by the text of its rules.
     *
     * @param primaryVersion the version of the primary, such as a build number; empty if it is not known
     * @param candidateVersion the version of the candidate, such as a build number; empty if it is not known
     * @param rules the comparator and its rules, or a name for them; if it is empty, {@link Evidence} uses
     *     {@link dev.scientist.ExperimentOptions#comparison()}
     */
    public record Epoch(String primaryVersion, String candidateVersion, String rules) implements Comparable<Epoch> {

        /** The epoch in which nothing is known. */
        public static final Epoch UNNAMED = new Epoch("", "", "");

        /** Checks. */
        public Epoch {
            requireNonNull(primaryVersion, "primaryVersion");
            requireNonNull(candidateVersion, "candidateVersion");
            requireNonNull(rules, "rules");
        }

        /**
         * Returns this epoch if it names rules; otherwise one with the same versions and the comparison as its rules.
         */
        Epoch of(String comparison) {
            return rules.isEmpty() ? new Epoch(primaryVersion, candidateVersion, comparison) : this;
        }

        Map<String, Object> tree() {
            return Wire.tree("primaryVersion", primaryVersion, "candidateVersion", candidateVersion, "rules", rules);
        }

        @Override
        public int compareTo(Epoch other) {
            int byPrimary = primaryVersion.compareTo(other.primaryVersion);
            int byCandidate = candidateVersion.compareTo(other.candidateVersion);
            return byPrimary != 0 ? byPrimary : byCandidate != 0 ? byCandidate : rules.compareTo(other.rules);
        }
    }
}
