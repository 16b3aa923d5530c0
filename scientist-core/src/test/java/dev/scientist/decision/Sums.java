package dev.scientist.decision;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Evidence for tests. */
final class Sums {

    static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");

    /** One in a thousand at 99 %, no soak, latency left out, the candidate serves nobody yet. */
    static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)
            .with(policy ->
                    policy.threshold(0.001).alpha(0.01).soak(Duration.ZERO).latency(LatencyPolicy.NONE));

    private Sums() {}

    /** Calls of one stratum that matched or differed. */
    static Stratum stratum(String name, long n, long differ) {
        return Stratum.builder(name).matched(n - differ).major(differ).build();
    }

    /** Evidence of an hour. */
    static EvidenceSnapshot of(Stratum... strata) {
        return of(Duration.ofHours(1), strata);
    }

    static EvidenceSnapshot of(Duration counted, Stratum... strata) {
        Instant until = FROM.plus(counted);
        return EvidenceSnapshot.builder("getPrice", "candidate", FROM)
                .until(until)
                .takenAt(until)
                .strata(List.of(strata))
                .replicated(
                        Stream.of(strata).anyMatch(stratum -> !stratum.pairs().equals(Pairs.NONE)))
                .build();
    }

    /** Calls of which some ran the primary twice; the others matched. */
    static Stratum paired(String name, long n, Pairs pairs) {
        long bad = pairs.grave().candidate();
        return Stratum.builder(name).matched(n - bad).major(bad).pairs(pairs).build();
    }

    /** Pairs of answers without minor differences. */
    static Pairs pairs(long n, Split split, Place... places) {
        return Pairs.builder()
                .n(n)
                .grave(split)
                .any(split)
                .places(List.of(places))
                .build();
    }

    static Place place(String path, long worse, long better, long both) {
        Split split = new Split(worse, better, both);
        return Place.of(path, split, split);
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, List<Bucket> recent) {
        return other.with(evidence -> evidence.recent(recent));
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Latency primary, Latency candidate) {
        return other.with(evidence -> evidence.primaryLatency(primary).candidateLatency(candidate));
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Instant takenAt, long shed, List<Epoch> epochs) {
        return other.with(evidence -> evidence.takenAt(takenAt).shed(shed).epochs(epochs));
    }

    /** Calls that all took about as long. */
    static Latency latency(long millis, long count) {
        long nanos = Duration.ofMillis(millis).toNanos();
        return Latency.of(List.of(new Span(nanos - 1_000, nanos, count)), 0);
    }
}
