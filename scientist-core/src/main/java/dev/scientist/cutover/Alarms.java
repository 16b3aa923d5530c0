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
import dev.scientist.cutover.EvidenceSnapshot.Stratum;
import java.util.ArrayList;
import java.util.List;

/**
 * What stops a candidate at once, whatever the average says: a break in the latest buckets, and a bad beginning. Where the
 * primary ran twice, its own noise is no alarm. Immutable.
 */
record Alarms(EvidenceSnapshot evidence, RollbackPolicy policy) {

    private static final double FIRST_CONTACT_ALPHA = 0.01;
    private static final double MOST_NOISE = 0.99; // above it there is nothing to alarm of
    private static final int MINUTE = 6; // buckets

    List<Reason> raised() {
        List<Reason> raised = new ArrayList<>(2);
        double noise = noise();
        double level = Math.max(policy.level(), noise);
        if (hasRisen(level)) {
            raised.add(reason(Code.RATE_ROSE, "has risen above " + above(level) + " bad calls" + latest(false)));
        } else if (noise > 0 && hasRisenBeyondNoise()) {
            raised.add(reason(
                    Code.RATE_ROSE,
                    "has risen above " + written(policy.level()) + " bad calls beyond noise" + latest(true)));
        }
        long n = 0;
        long k = 0;
        for (Stratum stratum : evidence.strata()) {
            n += stratum.n();
            k += stratum.bad(Severity.MAJOR) + stratum.uncompared();
        }
        double first = Math.max(policy.firstContact(), noise);
        if (EProcess.lnAbove(n, k, first) >= ConfidenceSequence.enough(FIRST_CONTACT_ALPHA)) {
            raised.add(reason(
                    Code.FIRST_CONTACT,
                    "has " + count(k) + " bad calls among its first " + count(n) + ", which is above " + above(first)
                            + " with 99 % confidence"));
        }
        return raised;
    }

    /** What the primary differs from itself at most in a stratum; 0 where it was not seen to. Plain alarms begin there. */
    private double noise() {
        double most = 0;
        for (Stratum stratum : evidence.strata()) {
            if (stratum.isNoisy()) {
                double upper = ConfidenceSequence.upper(
                        stratum.paired(), stratum.better() + stratum.both(), FIRST_CONTACT_ALPHA);
                most = Math.max(most, Math.min(MOST_NOISE, upper));
            }
        }
        return most;
    }

    private String above(double level) {
        return level == policy.level() || level == policy.firstContact() ? written(level) : percent(level);
    }

    private boolean hasRisen(double level) {
        if (evidence.recent().stream().allMatch(bucket -> bucket.k() == 0)) {
            return false; // as usual, and without arithmetic
        }
        ChangeDetector detector = ChangeDetector.above(level);
        for (Bucket bucket : evidence.recent()) {
            detector = detector.next(bucket.n(), bucket.k());
        }
        return detector.isAlarm(policy.buckets());
    }

    private boolean hasRisenBeyondNoise() {
        if (evidence.recent().stream().allMatch(bucket -> bucket.worse() == 0)) {
            return false;
        }
        ChangeDetector detector = ChangeDetector.pairedAbove(policy.level());
        for (Bucket bucket : evidence.recent()) {
            detector = detector.next(bucket.paired(), bucket.worse(), bucket.better());
        }
        return detector.isAlarm(policy.buckets());
    }

    /** What the latest minute looked like. */
    private String latest(boolean isNoisy) {
        List<Bucket> all = evidence.recent();
        List<Bucket> minute = all.subList(Math.max(0, all.size() - MINUTE), all.size());
        long bad = 0;
        long calls = 0;
        for (Bucket bucket : minute) {
            bad += isNoisy ? bucket.worse() : bucket.k();
            calls += isNoisy ? bucket.paired() : bucket.n();
        }
        return ": " + count(bad) + " of " + count(calls) + (isNoisy ? " that ran twice" : "") + " in the latest "
                + duration(EvidenceSnapshot.BUCKET.multipliedBy(minute.size()));
    }

    private Reason reason(Code code, String rest) {
        return new Reason(code, null, null, evidence.experiment() + " " + rest);
    }
}
