package dev.scientist.decision;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Bucket;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.EvidenceSnapshot.Latency;
import dev.scientist.decision.EvidenceSnapshot.Pairs;
import dev.scientist.decision.EvidenceSnapshot.Place;
import dev.scientist.decision.EvidenceSnapshot.Span;
import dev.scientist.decision.EvidenceSnapshot.Split;
import dev.scientist.decision.EvidenceSnapshot.Stratum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Evidence for tests. */
final class Sums {

    static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");

    /** One in a thousand at 99 %, no soak, latency left out, the candidate serves nobody yet. */
    static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)
            .withThreshold(0.001)
            .withAlpha(0.01)
            .withSoak(Duration.ZERO)
            .withLatency(LatencyPolicy.NONE);

    private Sums() {}

    /** Calls of one stratum that matched or differed. */
    static Stratum stratum(String name, long n, long differ) {
        return new Stratum(name, n - differ, 0, 0, differ, 0, 0, 0, 0, 0, Pairs.NONE);
    }

    /** Evidence of an hour. */
    static EvidenceSnapshot of(Stratum... strata) {
        return of(Duration.ofHours(1), strata);
    }

    static EvidenceSnapshot of(Duration counted, Stratum... strata) {
        Instant until = FROM.plus(counted);
        return new EvidenceSnapshot(
                "getPrice",
                "candidate",
                List.of(Epoch.UNNAMED),
                FROM,
                until,
                until,
                List.of(strata),
                0,
                Stream.of(strata).anyMatch(stratum -> !stratum.pairs().equals(Pairs.NONE)),
                Latency.NONE,
                Latency.NONE,
                List.of());
    }

    /** Calls of which some ran the primary twice; the others matched. */
    static Stratum paired(String name, long n, Pairs pairs) {
        long bad = pairs.grave().candidate();
        return new Stratum(name, n - bad, 0, 0, bad, 0, 0, 0, 0, 0, pairs);
    }

    /** Pairs of answers without minor differences. */
    static Pairs pairs(long n, Split split, Place... places) {
        return new Pairs(n, 0, split, split, List.of(places));
    }

    static Place place(String path, long worse, long better, long both) {
        Split split = new Split(worse, better, both);
        return new Place(path, split, split);
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, List<Bucket> recent) {
        return copy(other, other.takenAt(), other.shed(), other.epochs(), other.primary(), other.candidates(), recent);
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Latency primary, Latency candidates) {
        return copy(other, other.takenAt(), other.shed(), other.epochs(), primary, candidates, other.recent());
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Instant takenAt, long shed, List<Epoch> epochs) {
        return copy(other, takenAt, shed, epochs, other.primary(), other.candidates(), other.recent());
    }

    private static EvidenceSnapshot copy(
            EvidenceSnapshot other,
            Instant takenAt,
            long shed,
            List<Epoch> epochs,
            Latency primary,
            Latency candidates,
            List<Bucket> recent) {
        return new EvidenceSnapshot(
                other.experiment(),
                other.candidate(),
                epochs,
                other.from(),
                other.until(),
                takenAt,
                other.strata(),
                shed,
                other.replicated(),
                primary,
                candidates,
                recent);
    }

    /** Calls that all took about as long. */
    static Latency latency(long millis, long count) {
        long nanos = Duration.ofMillis(millis).toNanos();
        return new Latency(List.of(new Span(nanos - 1_000, nanos, count)), 0);
    }
}
