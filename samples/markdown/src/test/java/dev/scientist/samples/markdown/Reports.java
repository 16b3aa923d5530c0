package dev.scientist.samples.markdown;

import dev.scientist.Difference.Kind;
import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reports for tests, made without running anything. */
final class Reports {

    static final String HOSTILE =
            "</pre></style><script>alert('x')</script><img src=x onerror=\"alert(1)\"> \u001b[31m\u0000 &amp;";

    static final String DECISION = "markdown.documents differs in 41 of 100 (41 %); 1 % is tolerated";

    private Reports() {}

    static Report hostile() {
        Latencies latencies = new Latencies();
        for (long micros = 1; micros <= 1000; micros++) {
            latencies.primary().recordValue(micros * 1000);
            latencies.candidate().recordValue(micros * 5000);
        }
        DifferenceGroup group = new DifferenceGroup(
                Kind.UNEXPECTED,
                "/<script>/text()",
                Map.of("commonmark", 3L, "documents", 40L),
                new DifferenceGroup.Example("document 1" + HOSTILE, HOSTILE, "<p>" + HOSTILE, "<b>" + HOSTILE));
        return new Report(
                new Arguments(null, null, 100, 2, 42),
                Duration.ofMillis(1234),
                List.of(
                        new Part("commonmark", "CommonMark", 652, verdicts(649, 3, 0)),
                        new Part("gfm", "GFM", 672, verdicts(672, 0, 0)),
                        new Part("documents", "Documents", 100, verdicts(59, 40, 1))),
                latencies,
                List.of(new RatePoint(1, 0), new RatePoint(10, 5), new RatePoint(100, 41)),
                new Decision(
                        Decision.Kind.HOLD,
                        List.of(new Decision.Reason(Decision.Code.RATE_ABOVE, null, null, DECISION))),
                List.of(group));
    }

    private static Verdicts verdicts(long matched, long mismatched, long candidateFailed) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0L);
        }
        counts.put(Verdict.MATCHED, matched);
        counts.put(Verdict.MISMATCHED, mismatched);
        counts.put(Verdict.CANDIDATE_FAILED, candidateFailed);
        return new Verdicts(counts);
    }
}
