package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.IgnoreRule;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrometerPublisherTest {

    /** The meters of counts. The others need a decision policy; the Spring Boot starter publishes them. */
    private static final Set<ScientistMeter> OF_COUNTS =
            EnumSet.complementOf(EnumSet.range(ScientistMeter.RATE_UPPER, ScientistMeter.DECISION));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Scientist scientist = Scientist.builder()
            .logging(false)
            .publisher(new MicrometerPublisher(registry))
            .defaults(options -> options.start(Start.SAME_THREAD))
            .build();

    @AfterEach
    void close() {
        scientist.close();
    }

    @Test
    void everyVerdictIsCountedUnderItsTags() {
        Experiment<String> experiment = scientist.experiment("quote");

        experiment.run(() -> "a", () -> "a");
        experiment.run(() -> "a", () -> "b");
        experiment.run(() -> "a", () -> {
            throw new IllegalStateException("candidate");
        });
        scientist.disable();
        experiment.run(() -> "a", () -> "a");

        assertThat(trials("matched", "none")).isEqualTo(1);
        assertThat(trials("mismatched", "none")).isEqualTo(1);
        assertThat(trials("candidate_failed", "none")).isEqualTo(1);
        assertThat(trials("skipped", "disabled")).isEqualTo(1);
        assertThat(registry.find("scientist.trials").functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void durationsAreTimedForEachSideAndOutcome() {
        Experiment<String> experiment = scientist.experiment("quote");

        experiment.run(() -> "a", () -> "a");
        experiment.run(() -> "a", () -> {
            throw new IllegalStateException("candidate");
        });

        assertThat(durations("primary", "returned").count()).isEqualTo(2);
        assertThat(durations("candidate", "returned").count()).isEqualTo(1);
        assertThat(durations("candidate", "threw").count()).isEqualTo(1);
    }

    @Test
    void differencesIgnoredAndHookFailuresAreCounted() {
        Experiment<String> experiment = scientist.experiment(
                "quote",
                options -> options.ignore(IgnoreRule.<String>named("known")
                                .owner("team")
                                .reason("agreed")
                                .when((primary, candidate) -> "known".equals(candidate.valueOrNull())))
                        .runIf(attributes -> {
                            if (attributes.containsKey("broken")) {
                                throw new IllegalStateException("condition");
                            }
                            return true;
                        }));

        experiment.run(() -> "a", () -> "known");
        experiment.run(() -> "a", () -> "b");
        experiment.call().attribute("broken", true).candidate(() -> "a").run(() -> "a");

        assertThat(count("scientist.ignored", "rule", "known")).isEqualTo(1);
        assertThat(count("scientist.differences", "kind", "changed", "severity", "major"))
                .isEqualTo(1);
        assertThat(count("scientist.hook.failures", "hook", "run_if")).isEqualTo(1);
    }

    @Test
    void halvingsOfTheShareAreCounted() {
        Experiment<String> experiment = scientist.experiment(
                "quote",
                options -> options.sampling(Sampling.ADAPTIVE).maxPerSecond(1).sampleByKey());

        for (int i = 0; i < 100; i++) {
            experiment.call().key(i).candidate(() -> "a").run(() -> "a");
        }

        assertThat(count("scientist.sampling.halvings", "reason", "cap")).isEqualTo(1);
        assertThat(count("scientist.sampling.halvings", "reason", "permits")).isZero();
    }

    @Test
    void everyMeterButThoseOfDecisionsExistsWithExactlyItsTags() {
        Experiment<String> experiment = scientist.experiment(
                "quote",
                options -> options.ignore(IgnoreRule.<String>named("known")
                        .owner("team")
                        .reason("agreed")
                        .when((primary, candidate) -> false)));

        experiment.run(() -> "a", () -> "a");

        for (ScientistMeter meter : OF_COUNTS) {
            assertThat(registry.find(meter.meterName()).meters())
                    .as(meter.meterName())
                    .isNotEmpty()
                    .allSatisfy(
                            found -> assertThat(found.getId().getTags().stream().map(Tag::getKey))
                                    .containsExactlyInAnyOrderElementsOf(meter.tags()));
        }
        assertThat(registry.getMeters().stream()
                        .map(found -> found.getId().getName())
                        .collect(Collectors.toSet()))
                .isEqualTo(OF_COUNTS.stream().map(ScientistMeter::meterName).collect(Collectors.toSet()));
    }

    @Test
    @org.junit.jupiter.api.Tag("case-49")
    void noTagValueComesFromTheTraffic() {
        Experiment<Object> experiment = scientist.experiment("quote");
        Set<String> before = tagValues();

        experiment.run(() -> "secret-1", () -> 42);
        experiment.run(() -> "secret-2", () -> {
            throw new UnsupportedOperationException("secret-3");
        });

        assertThat(tagValues())
                .noneMatch(value -> value.contains("secret") || value.contains("Unsupported") || value.contains("/"))
                .hasSizeLessThan(before.size() + 10);
    }

    @Test
    void overheadIsMeasuredOnASampleAndInFlightIsAGauge() {
        Experiment<String> experiment = scientist.experiment("quote");

        for (int i = 0; i < 10_000; i++) {
            experiment.run(() -> "a", () -> "a");
        }

        FunctionTimer overhead = registry.get("scientist.overhead").functionTimer();
        assertThat(overhead.count()).isBetween(50.0, 400.0); // 1 in 64 of 10 000 is 156
        assertThat(overhead.totalTime(java.util.concurrent.TimeUnit.NANOSECONDS))
                .isPositive();
        Gauge inFlight = registry.get("scientist.in.flight").gauge();
        assertThat(inFlight.value()).isZero();
    }

    @Test
    void theRegistryIsNotAskedPerCall() {
        AtomicInteger asked = new AtomicInteger();
        SimpleMeterRegistry counting = new SimpleMeterRegistry() {
            @Override
            protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
                asked.incrementAndGet();
                return super.newTimer(id, config, pauseDetector);
            }

            @Override
            protected DistributionStatisticConfig defaultHistogramConfig() {
                asked.incrementAndGet(); // every look-up of a timer asks for it
                return super.defaultHistogramConfig();
            }
        };
        try (Scientist own = Scientist.builder()
                .logging(false)
                .publisher(new MicrometerPublisher(counting))
                .defaults(options -> options.start(Start.SAME_THREAD))
                .build()) {
            Experiment<String> experiment = own.experiment("quote");
            experiment.run(() -> "a", () -> "a");
            int afterTheFirst = asked.get();

            for (int i = 0; i < 1_000; i++) {
                experiment.run(() -> "a", () -> "a");
            }

            assertThat(asked).hasValue(afterTheFirst);
            assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1_001);
        }
    }

    @Test
    void publishingCanBeReadTwiceWithTheSameResult() {
        Experiment<String> experiment = scientist.experiment("quote");
        experiment.run(() -> "a", () -> "b");

        double first = trials("mismatched", "none");
        double second = trials("mismatched", "none");

        assertThat(second).isEqualTo(first).isEqualTo(1);
    }

    private double trials(String verdict, String reason) {
        return count("scientist.trials", "candidate", "candidate", "verdict", verdict, "reason", reason);
    }

    private double count(String name, String... tags) {
        return registry.get(name)
                .tag("experiment", "quote")
                .tags(tags)
                .functionCounter()
                .count();
    }

    private Timer durations(String side, String outcome) {
        return registry.get("scientist.duration")
                .tags("side", side, "outcome", outcome)
                .timer();
    }

    private Set<String> tagValues() {
        return registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream().map(Tag::getValue))
                .collect(Collectors.toSet());
    }
}
