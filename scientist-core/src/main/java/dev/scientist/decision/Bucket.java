package dev.scientist.decision;

import dev.scientist.Difference.Severity;
import dev.scientist.decision.Pairs.Split;
import java.time.Duration;
import java.util.Map;

/** The counts of comparisons in ten seconds. Hidden, because what alarms need of the latest calls may change. */
final class Bucket extends Stored {

    static final Duration LENGTH = Duration.ofSeconds(10);

    private final long start;
    private final long n;
    private final long k;
    private final long failed;
    private final long paired;
    private final Split split;

    private Bucket(Builder from) {
        start = from.start;
        n = from.n;
        k = from.k;
        failed = from.failed;
        paired = from.paired;
        split = from.split;
        CountChecks.requireBad(n, k);
        CountChecks.requireBad(k, failed);
        split.requireWithin(paired);
    }

    /**
     * A builder of a bucket in which nothing is counted yet.
     *
     * @param start when the ten seconds began, in seconds since 1970, a multiple of ten
     */
    static Builder builder(long start) {
        return new Builder(start);
    }

    /** When the ten seconds began, in seconds since 1970. */
    long start() {
        return start;
    }

    /** The number of comparisons. */
    long n() {
        return n;
    }

    /** The bad ones among them, {@link Severity#MAJOR} or graver, or not comparable. */
    long k() {
        return k;
    }

    /** The bad ones in which the candidate failed, was late, or could not be compared. */
    long failed() {
        return failed;
    }

    /** The comparisons in which the primary ran twice. */
    long paired() {
        return paired;
    }

    /** The counts of {@link #paired} by the side that differed. */
    Split split() {
        return split;
    }

    Bucket plus(Bucket other) {
        return builder(start)
                .n(Math.addExact(n, other.n))
                .k(Math.addExact(k, other.k))
                .failed(Math.addExact(failed, other.failed))
                .pairs(Math.addExact(paired, other.paired), split.plus(other.split))
                .build();
    }

    @Override
    Map<String, Object> tree() {
        return Wire.tree("start", start, "n", n, "k", k, "failed", failed, "paired", paired, "split", split.tree());
    }

    /** Builds a bucket; every count is 0 until it is set. Not thread-safe. */
    static final class Builder {

        private final long start;
        private long n;
        private long k;
        private long failed;
        private long paired;
        private Split split = Split.NONE;

        private Builder(long start) {
            this.start = start;
        }

        Builder n(long comparisons) {
            n = comparisons;
            return this;
        }

        Builder k(long bad) {
            k = bad;
            return this;
        }

        Builder failed(long bad) {
            failed = bad;
            return this;
        }

        Builder pairs(long number, Split counts) {
            paired = number;
            split = counts;
            return this;
        }

        Bucket build() {
            return new Bucket(this);
        }
    }
}
