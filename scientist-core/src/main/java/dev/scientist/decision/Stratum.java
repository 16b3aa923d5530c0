package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one class of calls. Each call is counted in exactly one of the nine counts from {@link #matched} to
 * {@link #uncompared}. Immutable; two with the same name and counts are equal.
 *
 * @since 0.1.0
 */
public final class Stratum extends Stored {

    /** The name of the only stratum, with all calls, of an experiment that declares no attribute for strata. */
    public static final String ALL = "ALL";

    /** The name of the stratum of calls without the declared attribute, and of those beyond {@link #MOST} strata. */
    public static final String OTHER = "OTHER";

    /** The most strata an experiment may have, {@link #OTHER} not counted. */
    public static final int MOST = 200;

    private final String name;
    private final long matched;
    private final long ignored;
    private final long critical;
    private final long major;
    private final long minor;
    private final long candidateFailed;
    private final long primaryFailed;
    private final long timedOut;
    private final long uncompared;
    private final Pairs pairs;

    private Stratum(Builder from) {
        name = from.name;
        matched = from.matched;
        ignored = from.ignored;
        critical = from.critical;
        major = from.major;
        minor = from.minor;
        candidateFailed = from.candidateFailed;
        primaryFailed = from.primaryFailed;
        timedOut = from.timedOut;
        uncompared = from.uncompared;
        pairs = from.pairs;
        LongStream counts = LongStream.of(
                matched, ignored, critical, major, minor, candidateFailed, primaryFailed, timedOut, uncompared);
        CountChecks.requireSum(0, counts, "the calls of stratum \"" + name + "\"");
        long compared = n() - uncompared;
        if (pairs.n() > compared || pairs.missed() > compared - pairs.n()) {
            throw new IllegalArgumentException("the pairs of stratum \"" + name + "\", " + pairs.n() + " and "
                    + pairs.missed() + " missed, must be at most the calls that were compared, " + compared);
        }
    }

    /**
     * A builder of a stratum in which nothing is counted yet.
     *
     * @param name the value of the attribute that the calls share; {@link #ALL} and {@link #OTHER} are special
     */
    public static Builder builder(String name) {
        return new Builder(requireNonNull(name, "name"));
    }

    /** The value of the attribute that the calls share. */
    public String name() {
        return name;
    }

    /** The number of calls in which both sides agreed. */
    public long matched() {
        return matched;
    }

    /** The number of calls whose difference a rule accepted. They are shown, but are no evidence. */
    public long ignored() {
        return ignored;
    }

    /** The number of calls whose gravest difference was {@link Severity#CRITICAL}. */
    public long critical() {
        return critical;
    }

    /** The number of calls whose gravest difference was {@link Severity#MAJOR}. */
    public long major() {
        return major;
    }

    /** The number of calls whose gravest difference was {@link Severity#MINOR}. */
    public long minor() {
        return minor;
    }

    /** The number of calls in which only the candidate threw. */
    public long candidateFailed() {
        return candidateFailed;
    }

    /** The number of calls in which only the primary threw. They are shown, but are no evidence. */
    public long primaryFailed() {
        return primaryFailed;
    }

    /** The number of calls in which the candidate was late. */
    public long timedOut() {
        return timedOut;
    }

    /** The number of calls in which no comparison was possible. */
    public long uncompared() {
        return uncompared;
    }

    /** The counts of those calls in which the primary ran twice. */
    public Pairs pairs() {
        return pairs;
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
     * The number of calls that are evidence. A call whose primary failed is none, because there was nothing to compare
     * with.
     */
    public long n() {
        return matched + critical + major + minor + candidateFailed + timedOut + uncompared;
    }

    /** The number of calls in which the candidate gave no answer that could be compared. */
    long failed() {
        return candidateFailed + timedOut + uncompared;
    }

    /**
     * The number of calls that are bad, by a difference of a severity or graver; failed and late ones count as major.
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
        return builder(name)
                .matched(Math.addExact(matched, other.matched))
                .ignored(Math.addExact(ignored, other.ignored))
                .critical(Math.addExact(critical, other.critical))
                .major(Math.addExact(major, other.major))
                .minor(Math.addExact(minor, other.minor))
                .candidateFailed(Math.addExact(candidateFailed, other.candidateFailed))
                .primaryFailed(Math.addExact(primaryFailed, other.primaryFailed))
                .timedOut(Math.addExact(timedOut, other.timedOut))
                .uncompared(Math.addExact(uncompared, other.uncompared))
                .pairs(pairs.plus(other.pairs))
                .build();
    }

    @Override
    Map<String, Object> tree() {
        return Wire.tree(
                "name", name,
                "matched", matched,
                "ignored", ignored,
                "critical", critical,
                "major", major,
                "minor", minor,
                "candidateFailed", candidateFailed,
                "primaryFailed", primaryFailed,
                "timedOut", timedOut,
                "uncompared", uncompared,
                "pairs", pairs.tree());
    }

    /** Builds a stratum; every count is 0 until it is set. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private long matched;
        private long ignored;
        private long critical;
        private long major;
        private long minor;
        private long candidateFailed;
        private long primaryFailed;
        private long timedOut;
        private long uncompared;
        private Pairs pairs = Pairs.NONE;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets {@link Stratum#matched()}. */
        public Builder matched(long calls) {
            matched = calls;
            return this;
        }

        /** Sets {@link Stratum#ignored()}. */
        public Builder ignored(long calls) {
            ignored = calls;
            return this;
        }

        /** Sets {@link Stratum#critical()}. */
        public Builder critical(long calls) {
            critical = calls;
            return this;
        }

        /** Sets {@link Stratum#major()}. */
        public Builder major(long calls) {
            major = calls;
            return this;
        }

        /** Sets {@link Stratum#minor()}. */
        public Builder minor(long calls) {
            minor = calls;
            return this;
        }

        /** Sets {@link Stratum#candidateFailed()}. */
        public Builder candidateFailed(long calls) {
            candidateFailed = calls;
            return this;
        }

        /** Sets {@link Stratum#primaryFailed()}. */
        public Builder primaryFailed(long calls) {
            primaryFailed = calls;
            return this;
        }

        /** Sets {@link Stratum#timedOut()}. */
        public Builder timedOut(long calls) {
            timedOut = calls;
            return this;
        }

        /** Sets {@link Stratum#uncompared()}. */
        public Builder uncompared(long calls) {
            uncompared = calls;
            return this;
        }

        /** Sets {@link Stratum#pairs()}; default {@link Pairs#NONE}. */
        public Builder pairs(Pairs counts) {
            pairs = requireNonNull(counts, "pairs");
            return this;
        }

        /**
         * Makes the stratum.
         *
         * @throws IllegalArgumentException if a count is negative, the sum of the calls overflows, or more pairs are
         *     counted than calls that were compared
         */
        public Stratum build() {
            return new Stratum(this);
        }
    }

    /**
     * A histogram of durations with fixed edges, so that histograms can be added. Immutable; two with the same counts
     * are equal.
     */
    public static final class Latency extends Stored {

        /** Nothing was measured. */
        public static final Latency NONE = of(List.of(), 0);

        private final List<Span> spans;
        private final long unanswered;

        private Latency(List<Span> spans, long unanswered) {
            this.spans = Keyed.sum(requireNonNull(spans, "spans"), List.of(), Span::upTo, Span::plus);
            this.unanswered = unanswered;
            CountChecks.requireCount(unanswered, "unanswered");
            CountChecks.requireSum(unanswered, this.spans.stream().mapToLong(Span::count), "the calls of a histogram");
        }

        /**
         * A histogram.
         *
         * @param spans the counts; those with the same upper edge are added
         * @param unanswered calls that never answered, which count as slower than all others
         */
        public static Latency of(List<Span> spans, long unanswered) {
            return new Latency(spans, unanswered);
        }

        /** The counts, shortest durations first. */
        public List<Span> spans() {
            return spans;
        }

        /** The number of calls that never answered, which count as slower than all others. */
        public long unanswered() {
            return unanswered;
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
            return of(
                    Keyed.sum(spans, other.spans, Span::upTo, Span::plus), Math.addExact(unanswered, other.unanswered));
        }

        @Override
        Map<String, Object> tree() {
            return Wire.tree("spans", spans.stream().map(Span::tree).toList(), "unanswered", unanswered);
        }
    }

    /**
     * The calls whose duration is between two edges of a histogram. A record, because there is nothing else to say.
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

        Map<String, Object> tree() {
            return Wire.tree(
                    "over", over,
                    "upTo", upTo,
                    "count", count);
        }
    }
}
