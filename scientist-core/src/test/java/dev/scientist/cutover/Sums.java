package dev.scientist.cutover;

import dev.scientist.cutover.CutoverPolicy.LatencyPolicy;
import dev.scientist.cutover.CutoverPolicy.Step;
import dev.scientist.cutover.EvidenceSnapshot.Epoch;
import dev.scientist.cutover.EvidenceSnapshot.Latency;
import dev.scientist.cutover.EvidenceSnapshot.NoisyPath;
import dev.scientist.cutover.EvidenceSnapshot.Span;
import dev.scientist.cutover.EvidenceSnapshot.Stratum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Evidence for tests. */
final class Sums {

    static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");

    /** One in a thousand at 99 %, no soak, latency left out, the candidate serves nobody yet. */
    static final CutoverPolicy POLICY = CutoverPolicy.of(Step.SHADOW_TO_1_PERCENT)
            .withThreshold(0.001)
            .withAlpha(0.01)
            .withSoak(Duration.ZERO)
            .withLatency(LatencyPolicy.NONE);

    private Sums() {}

    /** Calls of one stratum that matched or differed. */
    static Stratum stratum(String name, long n, long differ) {
        return new Stratum(name, n - differ, 0, 0, differ, 0, 0, 0, 0, 0, 0, 0, 0, 0);
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
                Latency.NONE,
                Latency.NONE,
                List.of(),
                List.of());
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, List<NoisyPath> noisy) {
        return new EvidenceSnapshot(
                other.experiment(),
                other.candidate(),
                other.epochs(),
                other.from(),
                other.until(),
                other.takenAt(),
                other.strata(),
                other.shed(),
                other.primary(),
                other.candidates(),
                other.recent(),
                noisy);
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Latency primary, Latency candidates) {
        return new EvidenceSnapshot(
                other.experiment(),
                other.candidate(),
                other.epochs(),
                other.from(),
                other.until(),
                other.takenAt(),
                other.strata(),
                other.shed(),
                primary,
                candidates,
                other.recent(),
                other.noisy());
    }

    static EvidenceSnapshot with(EvidenceSnapshot other, Instant takenAt, long shed, List<Epoch> epochs) {
        return new EvidenceSnapshot(
                other.experiment(),
                other.candidate(),
                epochs,
                other.from(),
                other.until(),
                takenAt,
                other.strata(),
                shed,
                other.primary(),
                other.candidates(),
                other.recent(),
                other.noisy());
    }

    /** Calls that all took about as long. */
    static Latency latency(long millis, long count) {
        long nanos = Duration.ofMillis(millis).toNanos();
        return new Latency(List.of(new Span(nanos - 1_000, nanos, count)), 0);
    }
}
