package dev.scientist.decision;

import static dev.scientist.decision.Sentences.count;
import static dev.scientist.decision.Sentences.duration;
import static dev.scientist.decision.Sentences.written;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.DecisionPolicy.RollbackPolicy;
import dev.scientist.decision.Pairs.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The alarms that stop a candidate at once, whatever the average over all calls is: a rise of the rate in the latest
 * buckets, and a high rate among the first calls. If the primary runs twice in some calls, a difference may be the
 * primary's own noise, which may have risen too, so only pairs raise an alarm about differences. Calls that fail, are
 * late or cannot be compared raise an alarm in any case. Immutable.
 */
record Alarms(EvidenceSnapshot evidence, RollbackPolicy policy) {

    private static final double FIRST_CONTACT_ALPHA = 0.01;
    private static final String BAD = " bad calls";
    private static final String FAILED = " calls that failed, were late or could not be compared";
    private static final int MINUTE = 6; // in buckets

    List<Reason> raised() {
        List<Reason> raised = new ArrayList<>(2);
        boolean isByPairs = isByPairs();
        Reason rose = isByPairs ? roseBesideNoise() : rose(Bucket::k, BAD);
        if (rose != null) {
            raised.add(rose);
        }
        Reason first = isByPairs ? firstContactBesideNoise() : firstContact(Stratum::badOrUncompared, BAD);
        if (first != null) {
            raised.add(first);
        }
        return raised;
    }

    /** Whether pairs decide. If most pairs are missing they do not: a false alarm is better than a missed one. */
    private boolean isByPairs() {
        Pairs pairs = evidence.pairs(stratum -> true);
        return evidence.replicated() && pairs.missed() <= pairs.n();
    }

    /** The alarm about a rise of the rate in the latest buckets, or null. */
    private @Nullable Reason rose(ToLongFunction<Bucket> bad, String what) {
        return hasRisen(bad) ? reason(Code.RATE_ROSE, risen(what) + latest(bad, Bucket::n, "")) : null;
    }

    private @Nullable Reason roseBesideNoise() {
        Reason failing = rose(Bucket::failed, FAILED);
        if (failing != null || !hasRisenBeyondNoise()) {
            return failing;
        }
        return reason(
                Code.RATE_ROSE,
                risen(BAD) + " beyond noise"
                        + latest(bucket -> bucket.split().worse(), Bucket::paired, " that ran twice"));
    }

    private String risen(String what) {
        return "has risen above " + written(policy.level()) + what;
    }

    /** The alarm about a high rate since counting began, or null. */
    private @Nullable Reason firstContact(ToLongFunction<Stratum> bad, String what) {
        long n = evidence.strata().stream().mapToLong(Stratum::n).sum();
        long k = evidence.strata().stream().mapToLong(bad).sum();
        return isEnough(EProcess.lnAbove(n, k, policy.firstContact()))
                ? reason(
                        Code.FIRST_CONTACT,
                        "has " + count(k) + what + " among its first " + count(n) + ", which is above "
                                + written(policy.firstContact()) + " with 99 % confidence")
                : null;
    }

    private @Nullable Reason firstContactBesideNoise() {
        Reason failing = firstContact(Stratum::failed, FAILED);
        Pairs pairs = evidence.pairs(stratum -> true);
        Split split = pairs.grave();
        if (failing != null
                || !isEnough(EProcess.lnPairedAbove(pairs.n(), split.worse(), split.better(), policy.firstContact()))) {
            return failing;
        }
        return reason(
                Code.FIRST_CONTACT,
                "differs alone in " + count(split.worse()) + ", and the primary alone from itself in "
                        + count(split.better()) + ", of the first " + count(pairs.n())
                        + " calls that ran twice, which is above " + written(policy.firstContact())
                        + " with 99 % confidence");
    }

    private static boolean isEnough(double lnE) {
        return lnE >= ConfidenceSequence.enough(FIRST_CONTACT_ALPHA);
    }

    private boolean hasRisen(ToLongFunction<Bucket> bad) {
        if (evidence.recent().stream().allMatch(bucket -> bad.applyAsLong(bucket) == 0)) {
            return false; // the usual case needs no arithmetic
        }
        ChangeDetector detector = ChangeDetector.above(policy.level());
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

    /** The counts of the latest minute, as text. */
    private String latest(ToLongFunction<Bucket> bad, ToLongFunction<Bucket> all, String ofWhich) {
        List<Bucket> buckets = evidence.recent();
        List<Bucket> minute = buckets.subList(Math.max(0, buckets.size() - MINUTE), buckets.size());
        long k = minute.stream().mapToLong(bad).sum();
        long n = minute.stream().mapToLong(all).sum();
        long failed = minute.stream().mapToLong(Bucket::failed).sum();
        return ": " + count(k) + " of " + count(n) + ofWhich + " in the latest "
                + duration(Bucket.LENGTH.multipliedBy(minute.size()))
                + (failed == 0 ? "" : "; " + count(failed) + " calls failed, were late or could not be compared");
    }

    private Reason reason(Code code, String rest) {
        return new Reason(code, null, null, evidence.experiment() + " " + rest);
    }
}
