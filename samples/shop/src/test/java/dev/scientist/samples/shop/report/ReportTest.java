package dev.scientist.samples.shop.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.decision.Decision;
import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.Decision.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final int WIDTH = 80;
    private static final Latency FAST = latency(2);
    private static final Decision HOLD = hold(reason("JP", "pricing.quote [JP] differs in 54 of 978", 213));

    @Test
    void anExperimentIsShownWithVerdictsLatencyAndGroups() {
        Observation observation = new Observation(
                "pricing.quote",
                Map.of("matched", 1_180L),
                1_234,
                34,
                20,
                0,
                List.of(Finding.counted("pricing.quote", "changed /tax [java.math.BigDecimal]", 60, 1_200)),
                Map.of("agreed", 7L),
                12,
                List.of(),
                FAST,
                latency(3),
                HOLD);

        String report = Report.of(List.of(observation), WIDTH).toString();

        assertThat(report.lines())
                .contains(
                        "pricing.quote   1,234 calls, candidate started in 1,200",
                        "    matched 1,180",
                        "    primary   p50   2.0 ms   p99   4.0 ms",
                        "  !   5.0 %  changed /tax [java.math.BigDecimal]",
                        "  ~       7  accepted: agreed",
                        "  ~      12  places not compared, because a side had not loaded them",
                        "  HOLD     pricing.quote [JP] differs in 54 of 978",
                        "  found   rounding mode    5.0 % of pricing.quote",
                        "Found 1 of 7 seeded defects, and nothing else.");
    }

    @Test
    void everySeededDefectAndNothingElseIsASuccess() {
        Report report = Report.of(seeded(), WIDTH);

        assertThat(report.isAsSeeded()).isTrue();
        assertThat(report.toString()).endsWith("Found 7 of 7 seeded defects, and nothing else.\n");
    }

    @Test
    void aDefectThatIsNotSeenIsMissed() {
        List<Observation> observations = seeded();
        observations.remove(0);

        Report report = Report.of(observations, WIDTH);

        assertThat(report.isAsSeeded()).isFalse();
        assertThat(report.toString())
                .contains("MISSED  rounding mode")
                .endsWith("Found 6 of 7 seeded defects, and nothing else.\n");
    }

    @Test
    void whatNobodyPutThereIsToldLoudly() {
        List<Observation> observations = seeded();
        observations.add(observation("orders.history", Finding.counted("orders.history", "timed_out", 1, 100)));

        Report report = Report.of(observations, WIDTH);

        assertThat(report.isAsSeeded()).isFalse();
        assertThat(report.toString())
                .contains("UNEXPLAINED      1.0 % of orders.history: timed_out")
                .endsWith("Found 7 of 7 seeded defects, and 1 that nobody put there.\n");
    }

    @Test
    void proseIsNoWiderThanTheTerminal() {
        String report = Report.of(seeded(), 60).toString();

        String decisions = report.substring(report.indexOf("DECISIONS"), report.indexOf("CHECKED AGAINST"));
        assertThat(decisions.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60))
                .contains("  HOLD     pricing.quote [JP] differs in 54 of 978")
                .noneMatch(line -> line.strip().startsWith("%")) // the percent sign stays with its number
                .hasSizeGreaterThan(12);
    }

    @Test
    void theRateIsToldAndNotTheAlarmThatItRaised() {
        Reason rose = new Reason(Code.RATE_ROSE, null, null, "it has just risen");
        Reason slower = new Reason(Code.SLOWER, null, null, "it is slower");
        Reason worst = reason("JP", "[JP] differs", 0);

        assertThat(Decisions.sentence(hold(rose, worst, slower))).isEqualTo("[JP] differs");
        assertThat(Decisions.sentence(hold(slower))).isEqualTo("it is slower");
    }

    @Test
    void whereThereIsLittleRoomADecisionCountsDown() {
        Decision advance = new Decision(Kind.ADVANCE, List.of(reason("ALL", "it differs in none", 0)));

        assertThat(Decisions.brief(HOLD)).isEqualTo("HOLD, 213 more if equal");
        assertThat(Decisions.brief(hold(reason("JP", "[JP] differs", 0)))).isEqualTo("HOLD");
        assertThat(Decisions.brief(advance)).isEqualTo("ADVANCE");
    }

    private static Decision hold(Reason... reasons) {
        return new Decision(Kind.HOLD, List.of(reasons));
    }

    private static Reason reason(String stratum, String sentence, long missing) {
        Rate rate = Rate.builder(Subject.MAJOR, 978, 54)
                .bounds(0.034, 0.09)
                .tolerated(0.01, 0.05)
                .missing(missing, null)
                .build();
        return new Reason(Code.RATE_UNDECIDED, stratum, rate, sentence);
    }

    private static List<Observation> seeded() {
        List<Observation> observations = new ArrayList<>();
        observations.add(observation("pricing.quote", "changed /tax [java.math.BigDecimal]"));
        observations.add(observation("delivery.estimate", "changed /arrives [java.lang.String]"));
        observations.add(observation("orders.history", "reordered (whole answer) [java.util.ArrayList]"));
        observations.add(observation("invoice.recipient", "missing /phone [null]"));
        observations.add(observation("stock.availability", "timed_out"));
        observations.add(observation(
                "loyalty.status",
                "error (whole answer) [dev.scientist.samples.shop.domain.LoyaltyStatus"
                        + " -> java.lang.IllegalArgumentException]"));
        observations.add(new Observation(
                "orders.detail",
                Map.of("matched", 100L),
                100,
                0,
                0,
                0,
                List.of(),
                Map.of(),
                0,
                List.of(),
                FAST,
                latency(30),
                HOLD));
        return observations;
    }

    private static Observation observation(String experiment, String sign) {
        return observation(experiment, Finding.counted(experiment, sign, 5, 100));
    }

    private static Observation observation(String experiment, Finding finding) {
        return new Observation(
                experiment,
                Map.of("matched", 95L),
                100,
                0,
                5,
                0,
                List.of(finding),
                Map.of(),
                0,
                List.of(),
                FAST,
                FAST,
                HOLD);
    }

    private static Latency latency(long millis) {
        return new Latency(100, Duration.ofMillis(millis), Duration.ofMillis(2 * millis));
    }
}
