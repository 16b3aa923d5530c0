package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every stored tree. */
class StoredTreePropertiesTest {

    static Stream<Random> seeds() {
        return IntStream.range(0, 300).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsRead(Random random) {
        EvidenceSnapshot evidence = evidence(random);

        EvidenceSnapshot read = EvidenceSnapshot.fromWire(evidence.toWire());

        assertThat(read).isEqualTo(evidence).hasSameHashCodeAs(evidence).hasToString(evidence.toString());
        assertThat(read.toWire().toString()).isEqualTo(evidence.toWire().toString());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTypeOfNumberThatIsExactWillDo(Random random) {
        EvidenceSnapshot evidence = evidence(random);
        List<UnaryOperator<Object>> types = List.of(
                number -> new BigInteger(number.toString()),
                number -> new BigDecimal(number + ".0"),
                number -> Math.abs(((Number) number).doubleValue()) < 0x1p53 ? ((Number) number).doubleValue() : number,
                number -> ((Number) number).longValue() == ((Number) number).intValue()
                        ? ((Number) number).intValue()
                        : number);

        List<EvidenceSnapshot> read = types.stream()
                .map(type ->
                        StoredTrees.with(evidence.toWire(), leaf -> leaf instanceof Number ? type.apply(leaf) : leaf))
                .map(EvidenceSnapshot::fromWire)
                .toList();

        assertThat(read).containsOnly(evidence);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverATreeHoldsOnlyAnIllegalArgumentIsThrown(Random random) {
        DecisionPolicy policy = DecisionPolicy.of(Step.TO_CANDIDATE_ONLY);
        Decision decision = Decision.decide(Sums.of(Sums.stratum("DE", 1_000, 3)), policy);

        assertThatNoException().isThrownBy(() -> {
            for (int i = 0; i < 20; i++) {
                tryTo(
                        EvidenceSnapshot::fromWire,
                        StoredTrees.spoilt(evidence(random).toWire(), random));
                tryTo(DecisionPolicy::fromWire, StoredTrees.spoilt(policy.toWire(), random));
                tryTo(Decision::fromWire, StoredTrees.spoilt(decision.toWire(), random));
            }
        });
    }

    private static void tryTo(Function<Map<String, Object>, ?> read, Map<String, Object> tree) {
        try {
            assertThat(read.apply(tree)).isNotNull();
        } catch (IllegalArgumentException allowed) {
            assertThat(allowed.getMessage()).hasSizeLessThan(1_000).doesNotContain("\n", "\u0000");
        }
    }

    @Test
    void hugeEvidenceIsKept() {
        Random random = new Random(1);
        List<Stratum> strata = IntStream.range(0, 201)
                .mapToObj(i -> stratum("s" + i, 50, random))
                .toList();
        EvidenceSnapshot evidence = evidence(random).with(changed -> changed.strata(strata));

        assertThat(EvidenceSnapshot.fromWire(evidence.toWire())).isEqualTo(evidence);
    }

    private static EvidenceSnapshot evidence(Random random) {
        Instant from = instant(random);
        return EvidenceSnapshot.builder(text(random), text(random), from)
                .epochs(some(random, i -> new Epoch(text(random), text(random), text(random))))
                .until(instant(random))
                .takenAt(instant(random))
                .strata(some(random, i -> stratum(text(random) + i, random.nextInt(3), random)))
                .shed(count(random))
                .replicated(random.nextBoolean())
                .primaryLatency(latency(random))
                .candidateLatency(latency(random))
                .recent(some(random, i -> bucket(random.nextLong() / 8 + i, random)))
                .build();
    }

    private static <T> List<T> some(Random random, Function<Integer, T> one) {
        return IntStream.range(0, random.nextInt(4)).boxed().map(one).toList();
    }

    /** Counts of all sizes, of which some thousand can be added. */
    private static long count(Random random) {
        return random.nextLong() >>> (11 + random.nextInt(53));
    }

    private static String text(Random random) {
        return List.of("", "a", "DE", "\"\\\n", "日本", "\ud83d\ude00").get(random.nextInt(6));
    }

    private static Instant instant(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Instant.MIN;
            case 1 -> Instant.MAX;
            case 2 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            default -> Sums.FROM;
        };
    }

    private static Stratum stratum(String name, int places, Random random) {
        long n = count(random);
        Split split = split(n, random);
        List<Place> where = IntStream.range(0, places)
                .mapToObj(i -> Place.of("/p" + i, split(n, random), split))
                .toList();
        Pairs pairs = Pairs.builder()
                .n(n)
                .missed(count(random))
                .grave(split)
                .any(split)
                .places(where)
                .build();
        return Stratum.builder(name)
                .matched(n + pairs.missed())
                .ignored(count(random))
                .critical(count(random))
                .uncompared(count(random))
                .pairs(pairs)
                .build();
    }

    private static Split split(long n, Random random) {
        return new Split(n / (2 + random.nextInt(9)), n / 4, n / 8);
    }

    private static Latency latency(Random random) {
        return Latency.of(some(random, i -> new Span(i - 1L, i + 1L, count(random))), count(random));
    }

    private static Bucket bucket(long start, Random random) {
        long n = count(random);
        return Bucket.builder(start)
                .n(n)
                .k(n / 2)
                .failed(n / 3)
                .pairs(n, split(n, random))
                .build();
    }
}
