package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one candidate. It holds nothing but counts, so the evidence of several instances, days or files is
 * their sum. It consists only of records, which any JSON mapper can write and read.
 *
 * @param experiment the experiment's name
 * @param candidate the candidate's name
 * @param epochs the epochs, which say what was compared; several after a merge of different ones, or if Scientists
 *     compare differently under one name, which proves nothing; none if what is compared could not be said
 * @param from when counting began
 * @param until when the last comparison ended; {@code from} before the first one
 * @param takenAt when the counts were read
 * @param strata the counts of each class of calls, sorted by name, each name once
 * @param shed the number of calls that were to be compared and were not: no permit, open breaker, cut off by closing,
 *     no answer of the primary in time, or nothing safe to start
 * @param replicated whether the primary runs twice in some of the calls, so that its own noise can be seen
 * @param primary the latency of the primary in the compared calls
 * @param candidates the latency of the candidate in the same calls
 * @param recent the latest comparisons in buckets of 10 s, oldest first, for alarms
 * @since 0.1.0
 */
public record EvidenceSnapshot(
        String experiment,
        String candidate,
        List<Epoch> epochs,
        Instant from,
        Instant until,
        Instant takenAt,
        List<Stratum> strata,
        long shed,
        boolean replicated,
        Latency primary,
        Latency candidates,
        List<Bucket> recent) {

    /** The length of a {@link Bucket}. */
    public static final Duration BUCKET = Duration.ofSeconds(10);

    /** Checks the arguments, sorts the lists, and adds parts with the same key. */
    public EvidenceSnapshot {
        requireNonNull(experiment, "experiment");
        requireNonNull(candidate, "candidate");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        requireNonNull(takenAt, "takenAt");
        requireNonNull(primary, "primary");
        requireNonNull(candidates, "candidates");
        epochs = List.copyOf(new TreeSet<>(requireNonNull(epochs, "epochs")));
        strata = merged(requireNonNull(strata, "strata"), List.of(), Stratum::name, Stratum::plus);
        recent = merged(requireNonNull(recent, "recent"), List.of(), Bucket::start, Bucket::plus);
        CountChecks.requireCount(shed, "shed");
        CountChecks.requireSum(shed, strata.stream().mapToLong(Stratum::total), "all calls of " + experiment);
        CountChecks.requireSum(0, recent.stream().mapToLong(Bucket::n), "the recent calls of " + experiment);
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
        List<Epoch> bothEpochs = new ArrayList<>(epochs);
        bothEpochs.addAll(other.epochs);
        return new EvidenceSnapshot(
                experiment,
                candidate,
                bothEpochs,
                earlier(from, other.from),
                later(until, other.until),
                later(takenAt, other.takenAt),
                merged(strata, other.strata, Stratum::name, Stratum::plus),
                Math.addExact(shed, other.shed),
                replicated || other.replicated,
                primary.plus(other.primary),
                candidates.plus(other.candidates),
                merged(recent, other.recent, Bucket::start, Bucket::plus));
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

    /** The elements of both lists, where elements with the same key are added, sorted by key. */
    private static <K extends Comparable<K>, V> List<V> merged(
            List<V> some, List<V> others, Function<V, K> key, BinaryOperator<V> plus) {
        Map<K, V> sums = new TreeMap<>();
        some.forEach(one -> sums.merge(key.apply(one), one, plus));
        others.forEach(one -> sums.merge(key.apply(one), one, plus));
        return List.copyOf(sums.values());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The versions that were compared, and the rules. Evidence about one epoch is no evidence about another one.
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

        @Override
        public int compareTo(Epoch other) {
            int byPrimary = primaryVersion.compareTo(other.primaryVersion);
            int byCandidate = candidateVersion.compareTo(other.candidateVersion);
            return byPrimary != 0 ? byPrimary : byCandidate != 0 ? byCandidate : rules.compareTo(other.rules);
        }
    }

    /**
     * The counts of one stratum, which is a class of calls. Each call is counted in exactly one of the first nine
     * counts.
     *
     * @param name the value of the attribute that the calls share; {@link #ALL} and {@link #OTHER} are special
     * @param matched calls in which both sides agreed
     * @param ignored calls whose difference a rule accepted; they are shown, but are no evidence
     * @param critical calls whose gravest difference was {@link Severity#CRITICAL}
     * @param major calls whose gravest difference was {@link Severity#MAJOR}
     * @param minor calls whose gravest difference was {@link Severity#MINOR}
     * @param candidateFailed calls in which only the candidate threw
     * @param primaryFailed calls in which only the primary threw; they are shown, but are no evidence
     * @param timedOut calls in which the candidate was late
     * @param uncompared calls in which no comparison was possible
     * @param pairs the counts of those calls in which the primary ran twice
     */
    public record Stratum(
            String name,
            long matched,
            long ignored,
            long critical,
            long major,
            long minor,
            long candidateFailed,
            long primaryFailed,
            long timedOut,
            long uncompared,
            Pairs pairs) {

        /** The name of the only stratum, with all calls, of an experiment that declares no attribute for strata. */
        public static final String ALL = "ALL";

        /**
         * The name of the stratum of calls without the declared attribute, and of those beyond {@link #MOST} strata.
         */
        public static final String OTHER = "OTHER";

        /** The most strata an experiment may have, {@link #OTHER} not counted. */
        public static final int MOST = 200;

        /** Checks. */
        public Stratum {
            requireNonNull(name, "name");
            requireNonNull(pairs, "pairs");
            LongStream counts = LongStream.of(
                    matched, ignored, critical, major, minor, candidateFailed, primaryFailed, timedOut, uncompared);
            CountChecks.requireSum(0, counts, "the calls of stratum \"" + name + "\"");
            long compared = matched + critical + major + minor + candidateFailed + timedOut;
            if (pairs.n() > compared || pairs.missed() > compared - pairs.n()) {
                throw new IllegalArgumentException("the pairs of stratum \"" + name + "\", " + pairs.n() + " and "
                        + pairs.missed() + " missed, must be at most the calls that were compared, " + compared);
            }
        }

        /** The name; null for {@link #ALL}, which need not be told apart from others. */
        @Nullable
        String label() {
            return name.equals(ALL) ? null : name;
        }

        /** The number of all calls, including those that are no evidence. */
        public long total() {
            return n() + ignored + primaryFailed;
        }

        /**
         * The number of calls that are evidence. A call whose primary failed is none, because there was nothing to
         * compare with.
         */
        public long n() {
            return matched + critical + major + minor + candidateFailed + timedOut + uncompared;
        }

        /** The number of calls in which the candidate gave no answer that could be compared. */
        long failed() {
            return candidateFailed + timedOut + uncompared;
        }

        /**
         * The number of calls that are bad, by a difference of a severity or graver; failed and late ones count as
         * major.
         */
        public long bad(Severity severity) {
            return switch (severity) {
                case CRITICAL -> critical;
                case MAJOR -> critical + major + candidateFailed + timedOut;
                case MINOR -> critical + major + candidateFailed + timedOut + minor;
            };
        }

        /** The number of calls that count for alarms: bad ones, and those that could not be compared. */
        long badOrUncompared() {
            return bad(Severity.MAJOR) + uncompared;
        }

        /** The sum of this stratum and another one, under the name of this one. */
        Stratum plus(Stratum other) {
            return new Stratum(
                    name,
                    Math.addExact(matched, other.matched),
                    Math.addExact(ignored, other.ignored),
                    Math.addExact(critical, other.critical),
                    Math.addExact(major, other.major),
                    Math.addExact(minor, other.minor),
                    Math.addExact(candidateFailed, other.candidateFailed),
                    Math.addExact(primaryFailed, other.primaryFailed),
                    Math.addExact(timedOut, other.timedOut),
                    Math.addExact(uncompared, other.uncompared),
                    pairs.plus(other.pairs));
        }
    }

    /**
     * The counts of calls in which the primary ran twice: whether the candidate's answer, or the primary's second one,
     * differed from the primary's first answer.
     *
     * @param n calls whose three answers could all be compared
     * @param missed calls that should be among them and are not: the primary did not run a second time, was late or
     *     failed, or could not be compared
     * @param grave the calls with answers that differ by {@link Severity#MAJOR} or graver, that failed or were late
     * @param any the calls with answers that differ at all, including those above
     * @param places the places at which answers differed, sorted by path, each path once
     */
    public record Pairs(long n, long missed, Split grave, Split any, List<Place> places) {

        /** No such calls. */
        public static final Pairs NONE = new Pairs(0, 0, Split.NONE, Split.NONE, List.of());

        /** Checks and sorts. */
        public Pairs {
            CountChecks.requireCount(n, "n");
            CountChecks.requireCount(missed, "missed");
            requireNonNull(grave, "grave").requireWithin(n);
            requireNonNull(any, "any").requireWithin(n);
            places = merged(requireNonNull(places, "places"), List.of(), Place::path, Place::plus);
            for (Place place : places) {
                place.grave().requireWithin(n);
                place.any().requireWithin(n);
            }
        }

        /** The counts of differences of a severity or graver. */
        Split split(Severity severity) {
            return severity == Severity.MINOR ? any : grave;
        }

        /** The sum of these pairs and others. */
        Pairs plus(Pairs other) {
            return new Pairs(
                    Math.addExact(n, other.n),
                    Math.addExact(missed, other.missed),
                    grave.plus(other.grave),
                    any.plus(other.any),
                    merged(places, other.places, Place::path, Place::plus));
        }
    }

    /**
     * The number of pairs, by the side whose answer differed from the primary's first answer.
     *
     * @param worse pairs in which only the candidate's answer differed
     * @param better pairs in which only the primary's second answer differed
     * @param both pairs in which both differed
     */
    public record Split(long worse, long better, long both) {

        /** No pair in which an answer differed. */
        public static final Split NONE = new Split(0, 0, 0);

        /** Checks. */
        public Split {
            CountChecks.requireSum(0, LongStream.of(worse, better, both), "worse, better and both");
        }

        /** The number of pairs in which the primary differed from itself. */
        public long primary() {
            return better + both;
        }

        /** The number of pairs in which the candidate differed. */
        public long candidate() {
            return worse + both;
        }

        /** Checks that these counts are possible for a number of pairs. */
        void requireWithin(long n) {
            CountChecks.requireCount(n, "n");
            if (both > n || worse > n - both || better > n - both - worse) {
                throw new IllegalArgumentException("worse, better and both must be at most n = " + n
                        + " together but were " + worse + ", " + better + " and " + both);
            }
        }

        Split plus(Split other) {
            return new Split(
                    Math.addExact(worse, other.worse),
                    Math.addExact(better, other.better),
                    Math.addExact(both, other.both));
        }
    }

    /**
     * A place at which answers differed in pairs.
     *
     * @param path a {@link dev.scientist.Difference#pathPattern()}, empty for the answer as a whole; or
     *     {@link #FAILED}, {@link #LATE} or {@link #BEYOND}
     * @param grave the pairs with a difference of {@link Severity#MAJOR} or graver there
     * @param any the pairs with any difference there
     */
    public record Place(String path, Split grave, Split any) {

        /**
         * The place for a candidate that threw while the primary had not. If the second answer is a failure, there is
         * no pair.
         */
        public static final String FAILED = "(failed)";

        /** The place for a candidate that was late. If the second answer is late, there is no pair. */
        public static final String LATE = "(late)";

        /** All places beyond the maximum number of places of a stratum. */
        public static final String BEYOND = "(beyond)";

        /** All places at which no difference was seen. */
        static final String ELSEWHERE = "(elsewhere)";

        /** Checks. */
        public Place {
            requireNonNull(path, "path");
            requireNonNull(grave, "grave");
            requireNonNull(any, "any");
        }

        /** Whether a rule can name this place. */
        boolean isInAnswers() {
            return !path.equals(FAILED) && !path.equals(LATE) && !path.equals(BEYOND);
        }

        /** The counts of differences of a severity or graver. */
        Split split(Severity severity) {
            return severity == Severity.MINOR ? any : grave;
        }

        /** The sum of this place and another one, under the path of this one. */
        Place plus(Place other) {
            return new Place(path, grave.plus(other.grave), any.plus(other.any));
        }
    }

    /**
     * A histogram of durations with fixed edges, so that histograms can be added.
     *
     * @param spans the counts, shortest durations first
     * @param unanswered calls that never answered, which count as slower than all others
     */
    public record Latency(List<Span> spans, long unanswered) {

        /** Nothing was measured. */
        public static final Latency NONE = new Latency(List.of(), 0);

        /** Checks and sorts. */
        public Latency {
            spans = merged(requireNonNull(spans, "spans"), List.of(), Span::upTo, Span::plus);
            CountChecks.requireCount(unanswered, "unanswered");
            CountChecks.requireSum(unanswered, spans.stream().mapToLong(Span::count), "the calls of a histogram");
        }

        /** The number of all calls, including those that never answered. */
        public long n() {
            long sum = unanswered;
            for (Span span : spans) {
                sum += span.count();
            }
            return sum;
        }

        Latency plus(Latency other) {
            return new Latency(
                    merged(spans, other.spans, Span::upTo, Span::plus), Math.addExact(unanswered, other.unanswered));
        }
    }

    /**
     * The calls whose duration is between two edges of a histogram.
     *
     * @param over the lower edge in nanoseconds, exclusive
     * @param upTo the upper edge in nanoseconds, inclusive
     * @param count the number of calls
     */
    public record Span(long over, long upTo, long count) {

        /** Checks. */
        public Span {
            if (over < -1 || upTo <= over || count < 0) {
                throw new IllegalArgumentException(
                        "a span must be over -1 or more, up to more than that, and count 0 or more, but was over "
                                + over + ", up to " + upTo + ", count " + count);
            }
        }

        Span plus(Span other) {
            return new Span(Math.min(over, other.over), upTo, Math.addExact(count, other.count));
        }
    }

    /**
     * The counts of comparisons in ten seconds.
     *
     * @param start when the ten seconds began, in seconds since 1970, a multiple of ten
     * @param n the number of comparisons
     * @param k the bad ones among them, {@link Severity#MAJOR} or graver, or not comparable
     * @param failed the bad ones in which the candidate failed, was late, or could not be compared
     * @param paired the comparisons in which the primary ran twice
     * @param split the counts of these by the side that differed
     */
    public record Bucket(long start, long n, long k, long failed, long paired, Split split) {

        /** Checks. */
        public Bucket {
            CountChecks.requireBad(n, k);
            CountChecks.requireBad(k, failed);
            requireNonNull(split, "split").requireWithin(paired);
        }

        Bucket plus(Bucket other) {
            return new Bucket(
                    start,
                    Math.addExact(n, other.n),
                    Math.addExact(k, other.k),
                    Math.addExact(failed, other.failed),
                    Math.addExact(paired, other.paired),
                    split.plus(other.split));
        }
    }
}
