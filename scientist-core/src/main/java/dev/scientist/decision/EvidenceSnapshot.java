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
 * What was counted of one candidate, and nothing but counts: so the evidence of several instances, days or files is their
 * sum. Records through and through, which any mapper of JSON writes and reads.
 *
 * @param experiment the experiment's name
 * @param candidate the candidate's name
 * @param epochs what was compared with what; more than one where evidence of several was merged, which proves nothing
 * @param from when counting began
 * @param until when the last comparison ended; {@code from} before the first one
 * @param takenAt when the counts were read
 * @param strata the counts of each class of calls, sorted by name, each name once
 * @param shed calls that were to be compared and were not: no permit, open breaker, cut off by closing, no answer of the
 *     primary in time, or nothing safe to start
 * @param replicated whether the primary was to run twice in some of the calls, so that its own noise can be seen
 * @param primary how long the primary took in the compared calls
 * @param candidates how long the candidate took in the same calls
 * @param recent the latest comparisons in buckets of 10 s, oldest first, for what must be noticed at once
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

    /** Checks and copies. */
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
     * How many calls were compared, or should have been and could not: all but {@link #shed}, and but for those whose caller
     * left before there was anything to compare, which are counted nowhere.
     */
    public long compared() {
        long sum = 0;
        for (Stratum stratum : strata) {
            sum += stratum.total();
        }
        return sum;
    }

    /**
     * Adds the evidence of another instance, day or file. The order and grouping of additions do not matter. What is added
     * must be of other calls: a snapshot holds all that was counted since its epoch began, so of one instance only the latest
     * one may be added, and nobody can see here whether that was so.
     *
     * @throws IllegalArgumentException if it is of another experiment or candidate
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

    /** What a sentence about a class of calls is about; null for all of them. */
    String subject(@Nullable String stratum) {
        return stratum == null ? experiment : experiment + " [" + stratum + "]";
    }

    /** The pairs of the strata of which that is asked for. */
    Pairs pairs(Predicate<Stratum> isAskedFor) {
        if (!replicated) {
            return Pairs.NONE; // as usual, and without looking
        }
        return strata.stream().filter(isAskedFor).map(Stratum::pairs).reduce(Pairs.NONE, Pairs::plus);
    }

    /** Both lists, where what has the same key is added, sorted by key. */
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
     * What was compared with what. Evidence about another version is evidence about something else.
     *
     * @param primaryVersion such as a build number; empty if nobody said
     * @param candidateVersion such as a build number; empty if nobody said
     * @param rules the comparator and its rules, or a name for them; {@link Evidence} takes an empty one for {@link
     *     dev.scientist.ExperimentOptions#comparison()}
     */
    public record Epoch(String primaryVersion, String candidateVersion, String rules) implements Comparable<Epoch> {

        /** Nobody said anything. */
        public static final Epoch UNNAMED = new Epoch("", "", "");

        /** Checks. */
        public Epoch {
            requireNonNull(primaryVersion, "primaryVersion");
            requireNonNull(candidateVersion, "candidateVersion");
            requireNonNull(rules, "rules");
        }

        /** Gives this epoch if it names rules; otherwise one of the same versions that names the comparison. */
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
     * The counts of one class of calls. Each call is counted once in the first nine.
     *
     * @param name the value of the attribute that the calls share; {@link #ALL} and {@link #OTHER} are special
     * @param matched both sides agreed
     * @param ignored a rule accepted that they differ; shown, and no evidence
     * @param critical they differed, and the gravest difference was {@link Severity#CRITICAL}
     * @param major they differed, and the gravest difference was {@link Severity#MAJOR}
     * @param minor they differed, and the gravest difference was {@link Severity#MINOR}
     * @param candidateFailed only the candidate threw
     * @param primaryFailed only the primary threw; shown, and no evidence
     * @param timedOut the candidate was late
     * @param uncompared no comparison was possible
     * @param pairs what the calls showed in which the primary ran twice
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

        /** The name of the one stratum of an experiment that declares no attribute for strata: all of its calls. */
        public static final String ALL = "ALL";

        /** The name of the stratum of calls without the declared attribute, and of those beyond {@link #MOST} strata. */
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

        /** Its name; null for the stratum of all calls, of which there is nothing to tell apart. */
        @Nullable
        String label() {
            return name.equals(ALL) ? null : name;
        }

        /** All calls, also those that are no evidence. */
        public long total() {
            return n() + ignored + primaryFailed;
        }

        /** The calls that are evidence. One whose primary failed is none: there was nothing to compare with. */
        public long n() {
            return matched + critical + major + minor + candidateFailed + timedOut + uncompared;
        }

        /** Those among them in which the candidate gave no answer that could be compared. */
        long failed() {
            return candidateFailed + timedOut + uncompared;
        }

        /** Those among them that speak against the candidate at least as gravely as this. */
        public long bad(Severity severity) {
            return switch (severity) {
                case CRITICAL -> critical;
                case MAJOR -> critical + major + candidateFailed + timedOut;
                case MINOR -> critical + major + candidateFailed + timedOut + minor;
            };
        }

        /** Those that raise alarms: bad ones, and those that could not be compared. */
        long badOrUncompared() {
            return bad(Severity.MAJOR) + uncompared;
        }

        /** The sum of this and another one, under this name. */
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
     * What was seen where the primary ran twice: which of the candidate's answer and the primary's second one differed from the
     * primary's first.
     *
     * @param n calls of which all three answers could be held against each other
     * @param missed calls that were to be among them and are not: the primary did not run a second time, was late or failed, or
     *     could not be compared
     * @param grave answers that differ by {@link Severity#MAJOR} or graver, that failed or were late
     * @param any answers that differ at all, and those above
     * @param places the places at which answers differed, sorted by path, each path once
     */
    public record Pairs(long n, long missed, Split grave, Split any, List<Place> places) {

        /** There were none. */
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

        /** Those of a severity or graver. */
        Split split(Severity severity) {
            return severity == Severity.MINOR ? any : grave;
        }

        /** The sum of both. */
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
     * Of pairs, which side differed from the primary's first answer.
     *
     * @param worse the candidate's answer alone
     * @param better the primary's second answer alone
     * @param both both of them
     */
    public record Split(long worse, long better, long both) {

        /** Neither ever did. */
        public static final Split NONE = new Split(0, 0, 0);

        /** Checks. */
        public Split {
            CountChecks.requireSum(0, LongStream.of(worse, better, both), "worse, better and both");
        }

        /** In how many the primary differed from itself. */
        public long primary() {
            return better + both;
        }

        /** In how many the candidate differed. */
        public long candidate() {
            return worse + both;
        }

        /** Checks that so many pairs can have shown this. */
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
     * @param path as {@link dev.scientist.Difference#pathPattern()}, empty for the answer as a whole; or {@link #FAILED}, {@link
     *     #LATE} or {@link #BEYOND}
     * @param grave which side differed there by {@link Severity#MAJOR} or graver
     * @param any which side differed there at all
     */
    public record Place(String path, Split grave, Split any) {

        /** Where the candidate threw and the primary had not; a second answer that is a failure makes no pair. */
        public static final String FAILED = "(failed)";

        /** Where the candidate was late; a second answer that is late makes no pair. */
        public static final String LATE = "(late)";

        /** All those that are beyond the number of places of a stratum. */
        public static final String BEYOND = "(beyond)";

        /** All those at which nothing was seen. */
        static final String ELSEWHERE = "(elsewhere)";

        /** Checks. */
        public Place {
            requireNonNull(path, "path");
            requireNonNull(grave, "grave");
            requireNonNull(any, "any");
        }

        /** Whether a rule can name it. */
        boolean isInAnswers() {
            return !path.equals(FAILED) && !path.equals(LATE) && !path.equals(BEYOND);
        }

        /** Those of a severity or graver. */
        Split split(Severity severity) {
            return severity == Severity.MINOR ? any : grave;
        }

        /** The sum of both, under this path. */
        Place plus(Place other) {
            return new Place(path, grave.plus(other.grave), any.plus(other.any));
        }
    }

    /**
     * A histogram of durations, with fixed edges, so that two of them add.
     *
     * @param spans the counts, shortest durations first
     * @param unanswered calls that never answered, and so are slower than any
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

        /** All calls, also those that never answered. */
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
     * Calls that took between two edges of a histogram.
     *
     * @param over they took more nanoseconds than this
     * @param upTo they took at most these nanoseconds
     * @param count how many
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
     * The comparisons of ten seconds.
     *
     * @param start when it began, in seconds since 1970, a multiple of ten
     * @param n comparisons
     * @param k bad ones among them, {@link Severity#MAJOR} or graver, or not comparable
     * @param failed those of them in which the candidate failed, was late, or could not be compared
     * @param paired calls among them in which the primary ran twice
     * @param split of these: which side differed
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
