package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.RollbackPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The trees in which evidence, policies and decisions are stored. What version 1 wrote must be read for ever. */
class StoredTreeTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String EVIDENCE_1 = """
            {"version":1,"experiment":"quotes","candidate":"rewrite",
            "epochs":[{"primaryVersion":"7.2","candidateVersion":"2.0","rules":"json"}],
            "from":"2026-11-20T10:00:00Z","until":"2026-11-20T11:00:00.123456789Z","takenAt":"2026-11-20T11:00:01Z",
            "strata":[{"name":"DE","matched":9223372036854770000,"ignored":1,"critical":2,"major":3,"minor":4,
            "candidateFailed":5,"primaryFailed":6,"timedOut":7,"uncompared":8,
            "pairs":{"n":60,"missed":9,"grave":{"worse":10,"better":11,"both":12},
            "any":{"worse":13,"better":14,"both":15},
            "places":[{"path":"/price","grave":{"worse":16,"better":17,"both":18},
            "any":{"worse":19,"better":20,"both":21}}]}}],
            "shed":22,"replicated":1,
            "primaryLatency":{"spans":[{"over":-1,"upTo":1000,"count":23}],"unanswered":0},
            "candidateLatency":{"spans":[],"unanswered":24},
            "recent":[{"start":1763632800,"n":28,"k":27,"failed":26,"paired":25,
            "split":{"worse":1,"better":2,"both":3}}]}
            """.replace("\n", "");

    private static final String POLICY_1 = """
            {"version":1,"step":"to_candidate_only","threshold":0.002,"alpha":0.02,"soak":"PT49H","maxAge":"PT5M",
            "completeness":0.9,"coverage":0.95,"waived":["FO","GL"],
            "latency":{"quantiles":[0.5],"factor":2.0,"slack":"PT0.007S"},
            "rollback":{"level":0.3,"buckets":1000.0,"firstContact":0.4},"candidateServes":0,"pinned":"audit"}
            """.replace("\n", "");

    private static final String DECISION_1 = """
            {"version":1,"kind":"hold","reasons":[{"code":"rate_undecided","stratum":"DE","sentence":"It differs.",
            "rate":{"subject":"major","n":100,"k":3,"value":0.03,"lower":0.01,"upper":0.1,"threshold":0.001,"alpha":0.01,
            "lnE":-2.5,"missing":7,"missingAtRate":8,"time":"PT3S"}},{"code":"soak","sentence":"It is too early."}]}
            """.replace("\n", "");

    private static EvidenceSnapshot evidence() {
        Place price = Place.of("/price", new Split(16, 17, 18), new Split(19, 20, 21));
        Pairs pairs = Pairs.builder()
                .n(60)
                .missed(9)
                .grave(new Split(10, 11, 12))
                .any(new Split(13, 14, 15))
                .places(List.of(price))
                .build();
        Stratum germany = Stratum.builder("DE")
                .matched(9_223_372_036_854_770_000L)
                .ignored(1)
                .critical(2)
                .major(3)
                .minor(4)
                .candidateFailed(5)
                .primaryFailed(6)
                .timedOut(7)
                .uncompared(8)
                .pairs(pairs)
                .build();
        return EvidenceSnapshot.builder("quotes", "rewrite", Instant.parse("2026-11-20T10:00:00Z"))
                .epochs(List.of(new Epoch("7.2", "2.0", "json")))
                .until(Instant.parse("2026-11-20T11:00:00.123456789Z"))
                .takenAt(Instant.parse("2026-11-20T11:00:01Z"))
                .strata(List.of(germany))
                .shed(22)
                .replicated(true)
                .primaryLatency(Latency.of(List.of(new Span(-1, 1000, 23)), 0))
                .candidateLatency(Latency.of(List.of(), 24))
                .recent(List.of(Bucket.builder(1_763_632_800)
                        .n(28)
                        .k(27)
                        .failed(26)
                        .pairs(25, new Split(1, 2, 3))
                        .build()))
                .build();
    }

    private static DecisionPolicy policy() {
        return DecisionPolicy.of(Step.TO_CANDIDATE_ONLY)
                .with(policy -> policy.threshold(0.002)
                        .alpha(0.02)
                        .soak(Duration.ofHours(49))
                        .maxAge(Duration.ofMinutes(5))
                        .completeness(0.9)
                        .coverage(0.95)
                        .waived(Set.of("GL", "FO"))
                        .latency(LatencyPolicy.of(List.of(0.5), 2, Duration.ofMillis(7)))
                        .rollback(RollbackPolicy.of(0.3, 1_000, 0.4))
                        .candidateServes(false)
                        .pinned("audit"));
    }

    private static Decision decision() {
        Decision.Rate rate = Decision.Rate.builder(Decision.Subject.MAJOR, 100, 3)
                .bounds(0.01, 0.1)
                .tolerated(0.001, 0.01)
                .lnE(-2.5)
                .missing(7, 8L)
                .time(Duration.ofSeconds(3))
                .build();
        return new Decision(
                Decision.Kind.HOLD,
                List.of(
                        new Decision.Reason(Decision.Code.RATE_UNDECIDED, "DE", rate, "It differs."),
                        new Decision.Reason(Decision.Code.SOAK, null, null, "It is too early.")));
    }

    @Test
    void whatVersion1WroteIsReadForEver() {
        EvidenceSnapshot evidence = EvidenceSnapshot.fromWire(tree(EVIDENCE_1));
        DecisionPolicy policy = DecisionPolicy.fromWire(tree(POLICY_1));
        Decision decision = Decision.fromWire(tree(DECISION_1));

        assertThat(evidence).isEqualTo(evidence());
        assertThat(policy).isEqualTo(policy());
        assertThat(decision).isEqualTo(decision());
    }

    @Test
    void whatIsWrittenHasTheSameBytesEveryTime() {
        String evidence = MAPPER.writeValueAsString(evidence().toWire());
        String policy = MAPPER.writeValueAsString(policy().toWire());
        String decision = MAPPER.writeValueAsString(decision().toWire());

        assertThat(evidence).isEqualTo(EVIDENCE_1);
        assertThat(policy).isEqualTo(POLICY_1);
        assertThat(decision).isEqualTo(DECISION_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIDENCE, POLICY, DECISION})
    void aNewerVersionIsRefusedByItsNumber(String kind) {
        Map<String, Object> newer = new HashMap<>(tree(literal(kind)));
        newer.put("version", 3);
        newer.put("unheardOf", List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(kind, newer))
                .withMessage(
                        "version 3 was written by a newer Scientist; this one reads up to 1; update this one, or read"
                                + " the " + kind + " with the newer one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "version":1             | "version":0              | evidence.version must be 1 or more but was 0
                    "version":1             | "version":"1"            | evidence.version must be a whole number of at most 64 bits but was "1"
                    "shed":22,              |                          | evidence.shed is missing, and what was left out is not 0
                    "shed":22               | "shed":22,"lost":1       | evidence has the key "lost", which its version does not have
                    "shed":22               | "shed":2.5               | evidence.shed must be a whole number of at most 64 bits but was 2.5
                    "shed":22               | "shed":9223372036854775808 | evidence.shed must be a whole number of at most 64 bits but was 9223372036854775808
                    "shed":22               | "shed":1e18              | evidence.shed must be exact but was 1.0E18, which may have lost digits
                    "shed":22               | "shed":null              | evidence.shed must be a whole number of at most 64 bits but was null
                    "replicated":1          | "replicated":2           | evidence.replicated must be 0 or 1 but was 2
                    "critical":2            | "critical":-2            | evidence.strata[0].critical must be 0 or more but was -2
                    "critical":2            | "critical":[2]           | evidence.strata[0].critical must be a whole number of at most 64 bits but was a list
                    "n":60                  | "n":6                    | evidence.strata[0].pairs is not possible: worse, better and both must be at most n = 6 together but were 10, 11 and 12
                    "path":"/price"         | "path":{}                | evidence.strata[0].pairs.places[0].path must be a text but was a map
                    "from":"2026            | "from":"once 2026        | evidence.from must be an instant such as 2026-11-20T10:00:00Z but was "once 2026-11-20T10:00:00Z"
                    "upTo":1000             | "upTo":-1                | evidence.primaryLatency.spans[0] is not possible: a span must be over -1 or more
                    "spans":[]              | "spans":{}               | evidence.candidateLatency.spans must be a list but was a map
                    "spans":[]              | "spans":[1]              | evidence.candidateLatency.spans[0] must be a map but was 1
                    "spans":[]              | "spans":[{"over":1,"upTo":2,"count":1},{"over":1,"upTo":2,"count":1}] | evidence.candidateLatency.spans[1] is there twice: 2
                    """)
    void whatWasChangedIsRefusedWithItsPlaceAndValue(String was, String is, String message) {
        String changed = EVIDENCE_1.replace(was, is == null ? "" : is);

        assertThat(changed).isNotEqualTo(EVIDENCE_1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvidenceSnapshot.fromWire(tree(changed)))
                .withMessageStartingWith(message)
                .withMessageContaining("; ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "to_candidate_only" | "to_nowhere"  | policy.step must be one of shadow_to_1_percent, from_1_to_5_percent
                    "threshold":0.002   | "threshold":2 | policy is not possible: threshold must be between 0 and 1
                    "soak":"PT49H"      | "soak":"2 d"  | policy.soak must be a duration such as PT15M but was "2 d"
                    "soak":"PT49H"      | "soak":"-PT1S" | policy is not possible: soak must be 0 or more but was PT-1S
                    "FO","GL"           | "FO",7        | policy.waived[1] must be a text but was 7
                    [0.5]               | ["0.5"]       | policy.latency.quantiles[0] must be a number but was "0.5"
                    """)
    void whatWasChangedInAPolicyIsRefusedToo(String was, String is, String message) {
        String changed = POLICY_1.replace(was, is);

        assertThat(changed).isNotEqualTo(POLICY_1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecisionPolicy.fromWire(tree(changed)))
                .withMessageStartingWith(message)
                .withMessageContaining("; ");
    }

    @Test
    void treesHoldNothingButMapsListsTextAndNumbers() {
        Map<String, Object> evidence = evidence().toWire();

        assertThat(StoredTrees.leaves(
                        Arrays.asList(evidence, policy().toWire(), decision().toWire())))
                .allSatisfy(leaf -> assertThat(leaf).isInstanceOfAny(String.class, Number.class));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> evidence.put("shed", 0));
    }

    static final String EVIDENCE = "evidence";
    static final String POLICY = "policy";
    static final String DECISION = "decision";

    private static String literal(String kind) {
        return switch (kind) {
            case EVIDENCE -> EVIDENCE_1;
            case POLICY -> POLICY_1;
            default -> DECISION_1;
        };
    }

    private static Object read(String kind, Map<String, Object> tree) {
        return switch (kind) {
            case EVIDENCE -> EvidenceSnapshot.fromWire(tree);
            case POLICY -> DecisionPolicy.fromWire(tree);
            default -> Decision.fromWire(tree);
        };
    }

    private static Map<String, Object> tree(String json) {
        return MAPPER.readValue(json, new TypeReference<>() {});
    }
}
