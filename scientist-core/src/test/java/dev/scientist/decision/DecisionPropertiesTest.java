package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class DecisionPropertiesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Stream<Random> seeds() {
        return IntStream.range(0, 200).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("promise-17")
    void theOrderAndGroupingOfMergesDoNotMatter(Random random) {
        List<EvidenceSnapshot> parts = new ArrayList<>();
        IntStream.range(0, 2 + random.nextInt(6)).forEach(i -> parts.add(evidence(random)));
        EvidenceSnapshot straight =
                parts.stream().reduce(EvidenceSnapshot::merge).orElseThrow();
        Collections.shuffle(parts, random);
        int middle = 1 + random.nextInt(parts.size() - 1);
        EvidenceSnapshot left = parts.subList(0, middle).stream()
                .reduce(EvidenceSnapshot::merge)
                .orElseThrow();
        EvidenceSnapshot right = parts.subList(middle, parts.size()).stream()
                .reduce(EvidenceSnapshot::merge)
                .orElseThrow();

        EvidenceSnapshot grouped = right.merge(left);

        assertThat(grouped).isEqualTo(straight);
        assertThat(Decision.decide(grouped, Sums.POLICY)).isEqualTo(Decision.decide(straight, Sums.POLICY));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void evidencePolicyAndDecisionReplayToTheSameBytes(Random random) {
        EvidenceSnapshot evidence = evidence(random);
        DecisionPolicy policy = DecisionPolicy.of(List.of(Step.values()).get(random.nextInt(Step.values().length)));
        Decision decision = Decision.decide(evidence, policy);

        EvidenceSnapshot read = EvidenceSnapshot.fromWire(kept(evidence.toWire()));
        DecisionPolicy readPolicy = DecisionPolicy.fromWire(kept(policy.toWire()));
        Decision again = Decision.decide(read, readPolicy);

        assertThat(read).isEqualTo(evidence);
        assertThat(readPolicy).isEqualTo(policy);
        assertThat(MAPPER.writeValueAsBytes(again.toWire())).isEqualTo(MAPPER.writeValueAsBytes(decision.toWire()));
        assertThat(Decision.fromWire(kept(decision.toWire()))).isEqualTo(decision);
    }

    private static Map<String, Object> kept(Map<String, Object> tree) {
        return MAPPER.readValue(MAPPER.writeValueAsBytes(tree), new TypeReference<>() {});
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void moreEqualComparisonsNeverTakeAnAdvanceBack(Random random) {
        long n = 1L + random.nextInt(50_000);
        long differ = Math.min(n, random.nextInt(20));
        long more = random.nextInt(100_000);

        boolean advances = advances(n, differ);

        assertThat(!advances || advances(n + more, differ)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyStepAsksForMoreThanTheOneBefore(Step step) {
        DecisionPolicy policy = DecisionPolicy.of(step);

        assertThat(Stream.of(Step.values()).filter(later -> later.compareTo(step) > 0))
                .allSatisfy(later -> {
                    DecisionPolicy next = DecisionPolicy.of(later);
                    assertThat(next.threshold()).isLessThanOrEqualTo(policy.threshold());
                    assertThat(next.alpha()).isLessThanOrEqualTo(policy.alpha());
                    assertThat(next.soak()).isGreaterThanOrEqualTo(policy.soak());
                });
    }

    @Test
    void evidenceOfAnotherExperimentIsNotMerged() {
        EvidenceSnapshot one = Sums.of();
        EvidenceSnapshot other = EvidenceSnapshot.builder("other", "candidate", one.from())
                .epochs(one.epochs())
                .until(one.until())
                .takenAt(one.takenAt())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.merge(other))
                .withMessage("evidence of getPrice/candidate must be merged with its own but was with that of "
                        + "other/candidate");
    }

    @Test
    void badCountsAndPoliciesAreRefusedWithNameAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Stratum.builder("gold").matched(1).critical(-1).build())
                .withMessage("each count of the calls of stratum \"gold\" must be 0 or more but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sums.of(
                        Sums.stratum("a", Long.MAX_VALUE / 2, 0),
                        Sums.stratum("b", Long.MAX_VALUE / 2, 0),
                        Sums.stratum("c", Long.MAX_VALUE / 2, 0)))
                .withMessageStartingWith("all calls of getPrice must be at most 9223372036854775807 but are more");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Pairs.builder().n(10).grave(new Split(5, 5, 1)).build())
                .withMessage("worse, better and both must be at most n = 10 together but were 5, 5 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sums.paired("gold", 10, Sums.pairs(11, Split.NONE)))
                .withMessage(
                        "the pairs of stratum \"gold\", 11 and 0 missed, must be at most the calls that were compared, 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sums.POLICY.with(policy -> policy.completeness(0)))
                .withMessage("completeness must be more than 0 and at most 1 but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sums.POLICY.with(policy -> policy.threshold(1)))
                .withMessage("threshold must be between 0 and 1, exclusive, but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sums.POLICY.with(policy -> policy.soak(Duration.ofHours(-1))))
                .withMessage("soak must be 0 or more but was PT-1H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyPolicy.of(List.of(1.0), 1, Duration.ZERO))
                .withMessage("quantile must be between 0 and 1, exclusive, but was 1.0");
    }

    private static boolean advances(long n, long differ) {
        return Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, n, differ)), Sums.POLICY)
                        .kind()
                == Decision.Kind.ADVANCE;
    }

    private static EvidenceSnapshot evidence(Random random) {
        Instant from = Sums.FROM.plusSeconds(random.nextInt(1_000));
        Instant until = from.plusSeconds(random.nextInt(1_000_000));
        List<Stratum> strata = new ArrayList<>();
        IntStream.range(0, random.nextInt(5)).forEach(i -> strata.add(stratum("s" + i, random)));
        List<Bucket> recent = new ArrayList<>();
        IntStream.range(0, random.nextInt(10)).forEach(i -> {
            int n = random.nextInt(100);
            recent.add(Bucket.builder(10L * random.nextInt(20))
                    .n(n)
                    .k(random.nextInt(n + 1))
                    .build());
        });
        return EvidenceSnapshot.builder("getPrice", "candidate", from)
                .until(until)
                .takenAt(until)
                .strata(strata)
                .shed(random.nextInt(50))
                .replicated(strata.stream().anyMatch(stratum -> !stratum.pairs().equals(Pairs.NONE)))
                .primaryLatency(latency(random))
                .candidateLatency(latency(random))
                .recent(recent)
                .build();
    }

    private static Stratum stratum(String name, Random random) {
        return Stratum.builder(name)
                .matched(3_000 + random.nextInt(200_000))
                .ignored(random.nextInt(100))
                .critical(random.nextInt(20) / 19)
                .major(random.nextInt(50))
                .minor(random.nextInt(50))
                .candidateFailed(random.nextInt(5))
                .primaryFailed(random.nextInt(5))
                .timedOut(random.nextInt(5))
                .uncompared(random.nextInt(5))
                .pairs(random.nextBoolean() ? Pairs.NONE : pairs(random))
                .build();
    }

    private static Pairs pairs(Random random) {
        List<Place> places = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> Place.of("/p" + i, split(random), split(random)))
                .toList();
        return Pairs.builder()
                .n(1_000 + random.nextInt(1_000))
                .missed(random.nextInt(20))
                .grave(split(random))
                .any(split(random))
                .places(places)
                .build();
    }

    private static Split split(Random random) {
        return new Split(random.nextInt(100), random.nextInt(100), random.nextInt(100));
    }

    private static Latency latency(Random random) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            spans.add(new Span(i * 1_000_000L, (i + 1) * 1_000_000L, random.nextInt(10_000)));
        }
        return Latency.of(spans, random.nextInt(10));
    }
}
