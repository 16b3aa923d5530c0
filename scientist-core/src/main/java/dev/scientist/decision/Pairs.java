package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The counts of calls in which the primary ran twice: whether the candidate's answer, or the primary's second one,
 * differed from the primary's first answer. Immutable; two with the same counts are equal.
 *
 * @since 0.1.0
 */
public final class Pairs extends Stored {

    /** No such calls. */
    public static final Pairs NONE = builder().build();

    private final long n;
    private final long missed;
    private final Split grave;
    private final Split any;
    private final List<Place> places;

    private Pairs(Builder from) {
        n = from.n;
        missed = from.missed;
        grave = from.grave;
        any = from.any;
        places = Keyed.sum(from.places, List.of(), Place::path, Place::plus);
        CountChecks.requireCount(n, "n");
        CountChecks.requireCount(missed, "missed");
        grave.requireWithin(n);
        any.requireWithin(n);
        for (Place place : places) {
            place.grave().requireWithin(n);
            place.any().requireWithin(n);
        }
    }

    /** A builder of pairs in which nothing is counted yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The number of calls whose three answers could all be compared. */
    public long n() {
        return n;
    }

    /**
     * The number of calls that should be among them and are not: the primary did not run a second time, was late or
     * failed, or could not be compared.
     */
    public long missed() {
        return missed;
    }

    /** The calls with answers that differ by {@link Severity#MAJOR} or graver, that failed or were late. */
    public Split grave() {
        return grave;
    }

    /** The calls with answers that differ at all, including {@link #grave}. */
    public Split any() {
        return any;
    }

    /** The places at which answers differed, sorted by path, each path once. */
    public List<Place> places() {
        return places;
    }

    /** The counts of differences of a severity or graver. */
    Split split(Severity severity) {
        return severity == Severity.MINOR ? any : grave;
    }

    /** The sum of these pairs and others. */
    Pairs plus(Pairs other) {
        return builder()
                .n(Math.addExact(n, other.n))
                .missed(Math.addExact(missed, other.missed))
                .grave(grave.plus(other.grave))
                .any(any.plus(other.any))
                .places(Keyed.sum(places, other.places, Place::path, Place::plus))
                .build();
    }

    @Override
    Map<String, Object> tree() {
        return Wire.tree(
                "n", n,
                "missed", missed,
                "grave", grave.tree(),
                "any", any.tree(),
                "places", places.stream().map(Place::tree).toList());
    }

    /** Builds pairs; every count is 0 until it is set. Not thread-safe. */
    public static final class Builder {

        private long n;
        private long missed;
        private Split grave = Split.NONE;
        private Split any = Split.NONE;
        private List<Place> places = List.of();

        private Builder() {}

        /** Sets {@link Pairs#n()}. */
        public Builder n(long calls) {
            n = calls;
            return this;
        }

        /** Sets {@link Pairs#missed()}. */
        public Builder missed(long calls) {
            missed = calls;
            return this;
        }

        /** Sets {@link Pairs#grave()}; default {@link Split#NONE}. */
        public Builder grave(Split counts) {
            grave = requireNonNull(counts, "grave");
            return this;
        }

        /** Sets {@link Pairs#any()}; default {@link Split#NONE}. */
        public Builder any(Split counts) {
            any = requireNonNull(counts, "any");
            return this;
        }

        /** Sets {@link Pairs#places()}; places with the same path are added. Default: none. */
        public Builder places(List<Place> counts) {
            places = List.copyOf(counts);
            return this;
        }

        /**
         * Makes the pairs.
         *
         * @throws IllegalArgumentException if a count is negative, or more answers differed than there are pairs
         */
        public Pairs build() {
            return new Pairs(this);
        }
    }

    /**
     * The number of pairs, by the side whose answer differed from the primary's first answer. A record, because there
     * is no fourth way to differ.
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

        Map<String, Object> tree() {
            return Wire.tree(
                    "worse", worse,
                    "better", better,
                    "both", both);
        }
    }

    /** A place at which answers differed in pairs. Immutable; two with the same path and counts are equal. */
    public static final class Place extends Stored {

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

        private final String path;
        private final Split grave;
        private final Split any;

        private Place(String path, Split grave, Split any) {
            this.path = requireNonNull(path, "path");
            this.grave = requireNonNull(grave, "grave");
            this.any = requireNonNull(any, "any");
        }

        /**
         * A place.
         *
         * @param path a {@link dev.scientist.Difference#pathPattern()}, empty for the answer as a whole; or
         *     {@link #FAILED}, {@link #LATE} or {@link #BEYOND}
         * @param grave the pairs with a difference of {@link Severity#MAJOR} or graver there
         * @param any the pairs with any difference there
         */
        public static Place of(String path, Split grave, Split any) {
            return new Place(path, grave, any);
        }

        /** The path; see {@link #of}. */
        public String path() {
            return path;
        }

        /** The pairs with a difference of {@link Severity#MAJOR} or graver there. */
        public Split grave() {
            return grave;
        }

        /** The pairs with any difference there. */
        public Split any() {
            return any;
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
            return of(path, grave.plus(other.grave), any.plus(other.any));
        }

        @Override
        Map<String, Object> tree() {
            return Wire.tree(
                    "path", path,
                    "grave", grave.tree(),
                    "any", any.tree());
        }
    }
}
