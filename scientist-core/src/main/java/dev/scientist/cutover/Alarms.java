package dev.scientist.cutover;

import static dev.scientist.cutover.Sentences.count;
import static dev.scientist.cutover.Sentences.duration;
import static dev.scientist.cutover.Sentences.percent;
import static dev.scientist.cutover.Sentences.written;

import dev.scientist.Difference.Severity;
import dev.scientist.cutover.CutoverPolicy.RollbackPolicy;
import dev.scientist.cutover.Decision.Code;
import dev.scientist.cutover.Decision.Reason;
import dev.scientist.cutover.EvidenceSnapshot.Bucket;
import dev.scientist.cutover.EvidenceSnapshot.Pairs;
import dev.scientist.cutover.EvidenceSnapshot.Stratum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What stops a candidate at once, whatever the average says: a break in the latest buckets, and a bad beginning. Where the
 * primary ran twice, its own noise is no alarm. Immutable.
 */
record Alarms(EvidenceSnapshot evidence, RollbackPolicy policy) {

    private static final double FIRST_CONTACT_ALPHA = 0.01;
    private static final double MOST_NOISE = 0.99; // above it there is nothing to alarm of
    private static final int MINUTE = 6; // buckets

    List<Reason> raised() {
        double noise = noise(evidence.pairs());
        List<Reason> raised = new ArrayList<>(2);
        Reason rose = rose(noise);
        if (rose != null) {
            raised.add(rose);
        }
        Reason first = firstContact(noise);
        if (first != null) {
            raised.add(first);
        }
        return raised;
    }

    /** A break in the latest buckets. Noise is no excuse for calls that cannot be compared at all. */
    private @Nullable Reason rose(double noise) {
        double level = Math.max(policy.level(), noise);
        if (level < MOST_NOISE && hasRisen(level, Bucket::k)) {
            return reason(Code.RATE_ROSE, "has risen above " + above(level) + " bad calls" + latest(false));
        }
        if (noise > 0 && hasRisen(policy.level(), Bucket::uncompared)) {
            return reason(
                    Code.RATE_ROSE,
                    "has risen above " + written(policy.level()) + " calls that cannot be compared" + latest(false));
        }
        if (noise > 0 && hasRisenBeyondNoise()) {
            return reason(
                    Code.RATE_ROSE,
                    "has risen above " + written(policy.level()) + " bad calls beyond noise" + latest(true));
        }
        return null;
    }

    /** A bad beginning. */
    private @Nullable Reason firstContact(double noise) {
        long n = 0;
        long k = 0;
        long uncompared = 0;
        for (Stratum stratum : evidence.strata()) {
            n += stratum.n();
            k += stratum.bad(Severity.MAJOR) + stratum.uncompared();
            uncompared += stratum.uncompared();
        }
        double level = Math.max(policy.firstContact(), noise);
        if (level < MOST_NOISE && isAbove(n, k, level)) {
            return firstContact(k, " bad calls", n, level);
        }
        return noise > 0 && isAbove(n, uncompared, policy.firstContact())
                ? firstContact(uncompared, " calls that cannot be compared", n, policy.firstContact())
                : null;
    }

    private Reason firstContact(long k, String what, long n, double level) {
        return reason(
                Code.FIRST_CONTACT,
                "has " + count(k) + what + " among its first " + count(n) + ", which is above " + above(level)
                        + " with 99 % confidence");
    }

    private static boolean isAbove(long n, long k, double level) {
        return EProcess.lnAbove(n, k, level) >= ConfidenceSequence.enough(FIRST_CONTACT_ALPHA);
    }

    /**
     * What the primary differs from itself at most; 0 where it was not seen to. Plain alarms begin there. Of all strata
     * together, as the buckets are: a rare one must not speak for the others.
     */
    private static double noise(Pairs pairs) {
        long noise = pairs.grave().primary();
        return noise == 0 ? 0 : ConfidenceSequence.upper(pairs.n(), noise, FIRST_CONTACT_ALPHA);
    }

    private String above(double level) {
        return level == policy.level() || level == policy.firstContact() ? written(level) : percent(level);
    }

    private boolean hasRisen(double level, ToLongFunction<Bucket> bad) {
        if (evidence.recent().stream().allMatch(bucket -> bad.applyAsLong(bucket) == 0)) {
            return false; // as usual, and without arithmetic
        }
        ChangeDetector detector = ChangeDetector.above(level);
        for (Bucket bucket : evidence.recent()) {
            detector = detector.next(bucket.n(), bad.applyAsLong(bucket));
        }
        return detector.isAlarm(policy.buckets());
    }

    private boolean hasRisenBeyondNoise() {
        if (evidence.recent().stream().allMatch(bucket -> bucket.split().worse() == 0)) {
            return false;
        }
        ChangeDetector detector = ChangeDetector.pairedAbove(policy.level());
        for (Bucket bucket : evidence.recent()) {
            detector = detector.next(
                    bucket.paired(), bucket.split().worse(), bucket.split().better());
        }
        return detector.isAlarm(policy.buckets());
    }

    /** What the latest minute looked like. */
    private String latest(boolean isNoisy) {
        List<Bucket> all = evidence.recent();
        List<Bucket> minute = all.subList(Math.max(0, all.size() - MINUTE), all.size());
        long bad = 0;
        long calls = 0;
        long uncompared = 0;
        for (Bucket bucket : minute) {
            bad += isNoisy ? bucket.split().worse() : bucket.k();
            calls += isNoisy ? bucket.paired() : bucket.n();
            uncompared += isNoisy ? 0 : bucket.uncompared();
        }
        return ": " + count(bad) + " of " + count(calls) + (isNoisy ? " that ran twice" : "") + " in the latest "
                + duration(EvidenceSnapshot.BUCKET.multipliedBy(minute.size()))
                + (uncompared == 0 ? "" : ", of which " + count(uncompared) + " could not be compared");
    }

    private Reason reason(Code code, String rest) {
        return new Reason(code, null, null, evidence.experiment() + " " + rest);
    }
}
