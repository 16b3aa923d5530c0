package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The meters of one registry sum to the calls, whoever shares it and whatever its filters do")
class SharedRegistryTest {

    private static final MeterFilter ONE_NAME = MeterFilter.replaceTagValues("experiment", name -> "all");

    private final List<Scientist> scientists = new ArrayList<>();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        scientists.forEach(Scientist::close);
    }

    @Test
    void twoScientistsShowTheSumOfTheirCalls() {
        Experiment<String> one = scientist(registry).experiment("quote");
        Experiment<String> other = scientist(registry).experiment("quote");

        run(one, 1);
        run(other, 2);

        assertThat(calls(registry)).isEqualTo(3);
        assertThat(comparisons(registry)).isEqualTo(3);
        assertThat(primaries(registry)).isEqualTo(3);
    }

    @Test
    void twoScientistsWithOnePublisherShowTheSumOfTheirCalls() {
        MicrometerPublisher shared = new MicrometerPublisher(registry);
        Experiment<String> one = scientist(shared).experiment("quote");
        Experiment<String> other = scientist(shared).experiment("quote");

        run(one, 1);
        run(other, 2);

        assertThat(calls(registry)).isEqualTo(3);
    }

    @Test
    void oneScientistWithTwoPublishersOfARegistryIsCountedOnce() {
        Scientist scientist = open(Scientist.builder()
                .publisher(new MicrometerPublisher(registry))
                .publisher(new MicrometerPublisher(registry)));
        Experiment<String> experiment = scientist.experiment("quote");

        run(experiment, 3);

        assertThat(calls(registry)).isEqualTo(3);
    }

    @Test
    void whatAClosedScientistCountedStaysWhileAnotherOneLives() {
        Scientist first = scientist(registry);
        Experiment<String> one = first.experiment("quote");
        Experiment<String> other = scientist(registry).experiment("quote");
        run(one, 3);
        run(other, 2);
        double before = calls(registry);

        first.close();
        double afterClosing = calls(registry);
        run(other, 1);

        assertThat(before).isEqualTo(5);
        assertThat(afterClosing).isEqualTo(5);
        assertThat(calls(registry)).isEqualTo(6);
    }

    @Test
    void aReplacedScientistGoesOnCounting() {
        Scientist first = scientist(registry);
        run(first.experiment("quote"), 3);
        Scientist second = scientist(registry);
        Experiment<String> replaced = second.experiment("quote");

        first.close();
        run(replaced, 50);

        assertThat(calls(registry)).isEqualTo(53);
        assertThat(inFlight(registry)).isZero();
    }

    @Test
    void theLastOneToCloseLeavesNothingInTheRegistry() {
        Scientist first = scientist(registry);
        Scientist second = scientist(registry);
        run(first.experiment("quote"), 1);
        run(second.experiment("quote"), 1);
        run(second.experiment("order"), 1);

        first.close();
        List<String> left = names(registry);
        second.close();

        assertThat(left).contains("quote", "order");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aCounterNeverGoesBackwardsAndNoGaugeIsEverNotANumber() {
        for (int i = 1; i <= 20; i++) {
            Scientist scientist = scientist(registry);
            run(scientist.experiment("quote"), 10);
            if (i > 1) {
                scientists.remove(0).close();
            }
            System.gc();

            assertThat(calls(registry)).isEqualTo(10.0 * i);
            assertThat(inFlight(registry)).isZero();
        }
    }

    @Test
    void aRemovedExperimentAndTheNextOneOfItsNameAreSummed() {
        Scientist scientist = scientist(registry);
        Experiment<String> removed = scientist.experiment("quote");
        run(removed, 3);

        scientist.remove(removed);
        double afterRemoving = calls(registry);
        Experiment<String> next = scientist.experiment("quote", options -> options.candidates("rewrite", "other"));
        run(removed, 2);
        next.call()
                .candidate("rewrite", () -> "a")
                .candidate("other", () -> "b")
                .run(() -> "a");

        assertThat(afterRemoving).isEqualTo(3);
        assertThat(calls(registry)).isEqualTo(5 + 2);
        scientist.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aThousandExperimentsOfANameLeaveNoMoreMetersThanOne() {
        Scientist scientist = scientist(registry);
        Experiment<String> experiment = scientist.experiment("quote");
        run(experiment, 1);
        int meters = registry.getMeters().size();

        for (int i = 1; i < 1_000; i++) {
            scientist.remove(experiment);
            experiment = scientist.experiment("quote");
            run(experiment, 1);
        }

        assertThat(registry.getMeters()).hasSize(meters);
        assertThat(calls(registry)).isEqualTo(1_000);
    }

    @Test
    void callsOfAClosedScientistAreShownWhileAnotherOneLives() {
        Scientist first = scientist(registry);
        Experiment<String> closed = first.experiment("quote");
        scientist(registry).experiment("quote");

        first.close();
        run(closed, 4);

        assertThat(calls(registry)).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void whatFiltersMergeIsSummed(MeterFilter filter) {
        registry.config().meterFilter(filter);
        Scientist scientist = scientist(registry);
        Experiment<String> quote = scientist.experiment("quote");
        Experiment<String> order = scientist.experiment("order");

        run(quote, 20);
        run(order, 5);
        quote.change(now -> now.sampleRate(0));
        run(quote, 24);

        assertThat(calls(registry)).isEqualTo(49);
        assertThat(comparisons(registry)).isEqualTo(25);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void whatFiltersOfOnePartOfACompositeMergeIsSummed(MeterFilter filter) {
        MeterRegistry plain = new SimpleMeterRegistry();
        registry.config().meterFilter(filter);
        CompositeMeterRegistry composite = new CompositeMeterRegistry()
                .add(new CompositeMeterRegistry().add(plain))
                .add(registry);
        composite.config().commonTags("application", "shop");
        Experiment<String> experiment = scientist(composite).experiment("quote");
        Experiment<String> other = scientist(composite).experiment("order");
        Experiment<String> direct = scientist(registry).experiment("quote");

        run(experiment, 20);
        run(other, 5);
        experiment.change(now -> now.sampleRate(0));
        run(experiment, 24);
        run(direct, 1);

        assertThat(calls(registry)).isEqualTo(50);
        assertThat(calls(plain)).isEqualTo(49);
        assertThat(plain.find("scientist.trials").tag("application", "shop").functionCounters())
                .hasSameSizeAs(plain.find("scientist.trials").functionCounters());
    }

    @Test
    void aPartOfACompositeThatMergesKeepsWhatAnotherScientistCounts() {
        registry.config().meterFilter(ONE_NAME);
        CompositeMeterRegistry composite = new CompositeMeterRegistry().add(registry);
        Scientist first = scientist(composite);
        run(first.experiment("quote"), 3);
        Experiment<String> order = scientist(composite).experiment("order");

        first.close();
        run(order, 2);

        assertThat(calls(registry)).isEqualTo(5);
    }

    @Test
    void nothingIsLeftInACompositeNorInItsParts() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry().add(registry);
        Scientist scientist = scientist(composite);
        run(scientist.experiment("quote"), 1);

        scientist.close();

        assertThat(composite.getMeters()).isEmpty();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aDeniedMeterIsMissingAndTheOthersCount() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("scientist.du"));
        registry.config().meterFilter(MeterFilter.deny(id -> "matched".equals(id.getTag("verdict"))));
        Scientist scientist = scientist(registry);
        Experiment<String> experiment = scientist.experiment("quote");

        run(experiment, 3);
        experiment.run(() -> "a", () -> "b");

        assertThat(calls(registry)).isEqualTo(1);
        assertThat(comparisons(registry)).isEqualTo(4);
        assertThat(experiment.tally().hookFailures(dev.scientist.Tally.Hook.PUBLISHER))
                .isZero();
        scientist.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatNobodyCanCallAnyMoreIsOnlyANumber() {
        Scientist first = scientist(registry);
        run(first.experiment("quote"), 3);
        Scientist second = scientist(registry);
        run(second.experiment("quote"), 2);
        Sum sum = new Sum(null);
        sum.add(part(second.<String>experiment("other")));
        scientists.clear();

        first.close();
        second.close();
        first = null;
        second = null;
        DoubleSupplier settled = () -> {
            System.gc();
            sum.settle();
            return sum.parts();
        };

        assertThat(Stream.generate(settled::getAsDouble).limit(1_000).anyMatch(parts -> parts == 0))
                .isTrue();
    }

    private static Sum.Part part(Experiment<String> experiment) {
        return new Sum.Part(
                "calls",
                new java.lang.ref.WeakReference<>(experiment),
                experiment.tally(),
                tally -> tally.calls("candidate"),
                none -> 0);
    }

    static Stream<MeterFilter> filters() {
        return Stream.of(
                MeterFilter.ignoreTags("reason"),
                MeterFilter.ignoreTags("verdict", "reason", "experiment"),
                MeterFilter.renameTag("scientist", "reason", "verdict"),
                ONE_NAME,
                new MeterFilter() {
                    @Override
                    public Meter.Id map(Meter.Id id) {
                        return id.replaceTags(Tags.of(Tag.of("service", "shop")));
                    }
                });
    }

    private Scientist scientist(MeterRegistry shown) {
        return scientist(new MicrometerPublisher(shown));
    }

    private Scientist scientist(MicrometerPublisher publisher) {
        return open(Scientist.builder().publisher(publisher));
    }

    private Scientist open(Scientist.Builder builder) {
        Scientist scientist = builder.logging(false)
                .defaults(options -> options.start(Start.SAME_THREAD))
                .build();
        scientists.add(scientist);
        return scientist;
    }

    private static void run(Experiment<String> experiment, int calls) {
        for (int i = 0; i < calls; i++) {
            experiment.run(() -> "a", () -> "a");
        }
    }

    private static double calls(MeterRegistry shown) {
        return shown.find("scientist.trials").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private static double comparisons(MeterRegistry shown) {
        return shown.find("scientist.comparison").functionTimers().stream()
                .peek(timer -> assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive())
                .mapToDouble(timer -> timer.count())
                .sum();
    }

    private static long primaries(MeterRegistry shown) {
        return shown.find("scientist.duration").tag("side", "primary").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static double inFlight(MeterRegistry shown) {
        return shown.find("scientist.in.flight").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static List<String> names(MeterRegistry shown) {
        return shown.getMeters().stream()
                .map(meter -> meter.getId().getTag("experiment"))
                .distinct()
                .toList();
    }
}
