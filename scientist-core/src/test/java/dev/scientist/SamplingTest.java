package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sampling: cases 18, 20 and 51")
class SamplingTest {

    private static final int MILLION = 1_000_000;
    private static final List<String> KEYS =
            IntStream.range(0, 20_000).mapToObj(i -> "customer-" + i).toList();

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource({"0.0, 0", "1.0, 1000000"})
    @Tag("case-18")
    void theRatesZeroAndOneAreExact(double rate, long expected) {
        long sampled = sampledOfAMillion(rate);

        assertThat(sampled).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.999})
    @Tag("case-18")
    void aRateHoldsWithinSixStandardDeviationsOverAMillionCalls(double rate) {
        double deviation = Math.sqrt(MILLION * rate * (1 - rate));

        long sampled = sampledOfAMillion(rate);

        assertThat((double) sampled).isCloseTo(MILLION * rate, within(6 * deviation));
    }

    /**
     * Calls that the sampling rate has chosen are counted by a sampler that then refuses them, so that no candidate
     * runs.
     */
    private long sampledOfAMillion(double rate) {
        AtomicLong sampled = new AtomicLong();
        Experiment<Integer> experiment = bench.experiment(
                options -> options.sampleRate(rate).sampler((key, attributes) -> sampled.incrementAndGet() < 0));
        Implementation<Integer, RuntimeException> side = () -> 1;
        for (int i = 0; i < MILLION; i++) {
            experiment.run(side, side);
        }
        return sampled.get();
    }

    @Test
    @Tag("case-20")
    void theSameKeyAlwaysGetsTheSameAnswer() {
        Set<String> once = sampledKeys("pricing", 0.3);

        Set<String> again = sampledKeys("pricing", 0.3);

        assertThat(again).isEqualTo(once);
    }

    @Test
    @Tag("case-20")
    void raisingTheRateNeverRemovesAKey() {
        List<Set<String>> sampled = DoubleStream.of(0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.9, 0.999, 1)
                .mapToObj(rate -> sampledKeys("pricing", rate))
                .toList();

        assertThat(sampled.get(0)).isEmpty();
        assertThat(sampled.get(8)).hasSize(KEYS.size());
        assertThat(IntStream.range(1, sampled.size()))
                .allMatch(i -> sampled.get(i).containsAll(sampled.get(i - 1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    @Tag("case-20")
    void theShareOfKeysIsTheRate(double rate) {
        double deviation = Math.sqrt(KEYS.size() * rate * (1 - rate));

        Set<String> sampled = sampledKeys("pricing", rate);

        assertThat((double) sampled.size()).isCloseTo(KEYS.size() * rate, within(6 * deviation));
    }

    /** Computed once outside this code, from the published definitions of FNV-1a and of SplitMix64's finalizer. */
    @Test
    @Tag("case-20")
    void theAnswerIsTheSameOnEveryJavaAndInEveryVersion() {
        Set<String> sampled = sampledKeys("pricing", 0.1);

        assertThat(sampled)
                .filteredOn(key -> key.length() <= "customer-99".length())
                .containsExactlyInAnyOrder(
                        "customer-22",
                        "customer-33",
                        "customer-35",
                        "customer-54",
                        "customer-74",
                        "customer-75",
                        "customer-76",
                        "customer-93");
    }

    /**
     * If both chose the same keys, the two sets would be equal; if they excluded each other, the sets would be
     * disjoint.
     */
    @ParameterizedTest
    @CsvSource({"PRICING_V2, PRICING_V3, 0.1", "PRICING_V2, PRICING_V3, 0.5", "a, b, 0.9"})
    @Tag("case-20")
    @Tag("case-51")
    void twoExperimentsChooseTheirKeysIndependently(String first, String second, double rate) {
        double expected = KEYS.size() * rate * rate;
        double deviation = Math.sqrt(expected * (1 - rate * rate));

        Set<String> inBoth = new HashSet<>(sampledKeys(first, rate));
        inBoth.retainAll(sampledKeys(second, rate));

        assertThat((double) inBoth.size()).isCloseTo(expected, within(6 * deviation));
    }

    private static Set<String> sampledKeys(String experiment, double rate) {
        Set<String> sampled = new HashSet<>();
        try (Bench bench = new Bench()) {
            Experiment<Integer> pricing = bench.scientist()
                    .experiment(
                            experiment,
                            options -> options.sampleByKey().sampleRate(rate).sampler((key, attributes) -> {
                                sampled.add((String) key);
                                return false;
                            }));
            for (String key : KEYS) {
                pricing.call().key(key).candidate(() -> 1).run(() -> 1);
            }
        }
        return sampled;
    }

    @Test
    void aCallWithoutAKeyIsNotSampledByKey() {
        Experiment<Integer> experiment = bench.experiment(ExperimentOptions.Builder::sampleByKey);

        experiment.run(() -> 1, () -> 1);
        experiment.call().candidate(() -> 1).run(() -> 1);
        experiment.call().key("k").candidate(() -> 1).run(() -> 1);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 2L, "matched", 1L));
    }

    @Test
    @Tag("promise-8")
    @DisplayName("Promise 8: gates fail closed: a key that cannot be read means not run")
    void aKeyWhoseTextThrowsIsNotSampled() {
        Experiment<Integer> experiment = bench.experiment(ExperimentOptions.Builder::sampleByKey);

        Integer value =
                experiment.call().key(new Bench.Hostile()).candidate(() -> 1).run(() -> 1);

        assertThat(value).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
        assertThat(experiment.tally().hookFailures(Hook.SAMPLER)).isEqualTo(1);
    }

    @Test
    void noMoreThanTheCapAreSampledInEachSecond() {
        Experiment<Integer> experiment =
                bench.experiment(options -> options.maxPerSecond(3).start(Start.SAME_THREAD));

        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 10; i++) {
                experiment.run(() -> 1, () -> 1);
            }
            bench.ticker.advance(Duration.ofSeconds(1));
        }

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 15L, "skipped/not_sampled", 35L));
    }

    @Test
    void theCapHoldsAgainstManyCallersAtOnce() throws InterruptedException {
        AtomicInteger candidates = new AtomicInteger();
        Experiment<Integer> experiment =
                bench.experiment(options -> options.maxPerSecond(100).start(Start.SAME_THREAD));

        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(caller -> new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        experiment.run(() -> 1, candidates::incrementAndGet);
                    }
                }))
                .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(candidates).hasValue(100);
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Verdict.Reason.NOT_SAMPLED))
                .isEqualTo(3_900);
    }

    @Test
    void aSamplerSeesKeyAndAttributesAndIsAskedAfterTheRate() {
        AtomicInteger asked = new AtomicInteger();
        Experiment<Integer> experiment = bench.experiment(options -> options.sampler((key, attributes) -> {
            asked.incrementAndGet();
            return "k".equals(key) && attributes.get("a").equals(1);
        }));

        experiment.call().key("k").attribute("a", 1).candidate(() -> 1).run(() -> 1);
        experiment.call().key("k").attribute("a", 2).candidate(() -> 1).run(() -> 1);
        experiment.change(settings -> settings.sampleRate(0));
        experiment.call().key("k").attribute("a", 1).candidate(() -> 1).run(() -> 1);
        settle(experiment);

        assertThat(asked).hasValue(2);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/not_sampled", 2L));
    }

    @Test
    void noHookCanChangeTheAttributesOfTheCall() {
        Experiment<Integer> experiment = bench.experiment(options -> options.sampler((key, attributes) -> {
                    attributes.clear();
                    return true;
                })
                .start(Start.SAME_THREAD));

        experiment.call().attribute("a", 1).candidate(() -> 1).run(() -> 1);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
        assertThat(experiment.tally().hookFailures(Hook.SAMPLER)).isEqualTo(1);
    }
}
