package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ContextCarrier;
import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Proves that an application has a Scientist, made of its properties and its beans. */
class ScientistAutoConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @Test
    void anApplicationHasAScientist() {
        runner.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);

            assertThat(scientist.isEnabled()).isTrue();
            assertThat(context).hasSingleBean(MismatchReservoir.class).hasSingleBean(ParallelRunAdvisor.class);
        });
    }

    @Test
    void switchedOffItLeavesPlainCalls() {
        runner.withPropertyValues("scientist.enabled=false").run(context -> {
            Experiment<String> experiment = context.getBean(Scientist.class).experiment("quotes");

            String answer = experiment.run(() -> "a", () -> "b");

            assertThat(answer).isEqualTo("a");
            assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Verdict.Reason.DISABLED))
                    .isEqualTo(1);
            assertThat(context).doesNotHaveBean(ParallelRunAdvisor.class);
        });
    }

    @Test
    void theApplicationsOwnScientistWins() {
        try (Scientist own = Scientist.create()) {
            runner.withBean("own", Scientist.class, () -> own)
                    .run(context -> assertThat(context).getBean(Scientist.class).isSameAs(own));
        }
    }

    @Test
    void theApplicationsOwnReservoirWins() {
        MismatchReservoir own = MismatchReservoir.create();

        runner.withBean("own", MismatchReservoir.class, () -> own).run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            Experiment<String> experiment = scientist.experiment("quotes", options -> options.start(Start.SAME_THREAD));

            experiment.run(() -> "a", () -> "b");

            assertThat(own.groups("quotes")).hasSize(1);
        });
    }

    @Test
    void itIsClosedWithTheApplication() {
        List<Scientist> scientists = new ArrayList<>();

        runner.run(context -> scientists.add(context.getBean(Scientist.class)));

        assertThat(scientists).hasSize(1).noneMatch(Scientist::isEnabled);
    }

    @Test
    void everyListenerOfTheApplicationIsToldOnceOfExperiments() {
        List<String> told = new ArrayList<>();
        ExperimentListener listener = experiment -> told.add("listener " + experiment.name());
        TrialPublisher publisher = new TrialPublisher() {
            @Override
            public void declared(Experiment<?> experiment) {
                told.add("publisher " + experiment.name());
            }

            @Override
            public void publish(Trial<?> trial) {}
        };

        runner.withBean("listener", ExperimentListener.class, () -> listener)
                .withBean("publisher", TrialPublisher.class, () -> publisher)
                .run(context -> {
                    context.getBean(Scientist.class).experiment("quotes");

                    assertThat(told).containsExactly("listener quotes", "publisher quotes");
                });
    }

    @Test
    void everyPublisherOfTheApplicationReceivesTrials() {
        RecordingPublisher recording = new RecordingPublisher();

        runner.withBean(TrialPublisher.class, () -> recording).run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            Experiment<String> experiment = scientist.experiment("quotes", options -> options.start(Start.SAME_THREAD));

            experiment.run(() -> "a", () -> "a");

            assertThat(recording.trials()).hasSize(1);
        });
    }

    @Test
    void everyCarrierOfTheApplicationCarriesContext() {
        CompletableFuture<String> carried = new CompletableFuture<>();
        ContextCarrier carrier = () -> () -> {
            carried.complete("opened");
            return () -> {};
        };

        runner.withBean(ContextCarrier.class, () -> carrier).run(context -> {
            Experiment<String> experiment = context.getBean(Scientist.class).experiment("quotes");

            experiment.run(() -> "a", () -> "a");

            assertThat(carried).succeedsWithin(Duration.ofSeconds(60));
        });
    }

    /** Each customizer sets the same default and something of its own. */
    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        @Order(2)
        ScientistCustomizer second() {
            return builder ->
                    builder.defaults(options -> options.sampleRate(0.2).candidateTimeout(Duration.ofMillis(2)));
        }

        @Bean
        @Order(1)
        ScientistCustomizer first() {
            return builder -> builder.defaults(options -> options.sampleRate(0.1)
                    .maxConcurrent(11)
                    .candidateTimeout(Duration.ofMillis(1))
                    .maxPerSecond(111));
        }
    }

    @Test
    void aLaterLayerWinsOverAnEarlierOne() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues(
                        "scientist.defaults.max-concurrent=33",
                        "scientist.defaults.sample-rate=0.3",
                        "scientist.defaults.max-elements=55",
                        "scientist.defaults.comparison-timeout=3s",
                        "scientist.experiments.quotes.sample-rate=0.5")
                .run(context -> {
                    Experiment<String> quotes = context.getBean(Scientist.class)
                            .experiment(
                                    "quotes", options -> options.sampleRate(0.4).maxConcurrent(44));

                    assertThat(quotes.settings().maxPerSecond())
                            .as("a customizer's default")
                            .isEqualTo(111);
                    assertThat(quotes.settings().candidateTimeout())
                            .as("that of the customizer which comes last")
                            .isEqualTo(Duration.ofMillis(2));
                    assertThat(quotes.settings().comparisonTimeout())
                            .as("scientist.defaults")
                            .isEqualTo(Duration.ofSeconds(3));
                    assertThat(quotes.settings().maxElements())
                            .as("scientist.defaults")
                            .isEqualTo(55);
                    assertThat(quotes.settings().maxConcurrent()).as("the code").isEqualTo(44);
                    assertThat(quotes.settings().sampleRate())
                            .as("scientist.experiments")
                            .isEqualTo(0.5);
                });
    }

    @Test
    void aDefaultOfThePropertiesWinsOverThatOfACustomizer() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues("scientist.defaults.sample-rate=0.3")
                .run(context -> assertThat(context.getBean(Scientist.class)
                                .experiment("other")
                                .settings()
                                .sampleRate())
                        .isEqualTo(0.3));
    }

    @Test
    void theCustomizationOfACustomizerHasTheLastWord() {
        runner.withBean(
                        ScientistCustomizer.class,
                        () -> builder -> builder.customizer((name, options) -> options.sampleRate(0.6)))
                .withPropertyValues("scientist.experiments.quotes.sample-rate=0.5")
                .run(context -> assertThat(context.getBean(Scientist.class)
                                .experiment("quotes")
                                .settings()
                                .sampleRate())
                        .isEqualTo(0.6));
    }

    /** A candidate that spins would stop callers that are on virtual threads. */
    @Test
    @Tag("promise-2")
    void candidatesRunOnPlatformThreadsAlsoWhereSpringUsesVirtualOnes() {
        runner.withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> assertThat(threadOfCandidate(context.getBean(Scientist.class)))
                        .doesNotContain("VirtualThread"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void candidatesRunOnVirtualThreadsWhereAskedFor() {
        runner.withPropertyValues("scientist.virtual-threads=true")
                .run(context -> assertThat(threadOfCandidate(context.getBean(Scientist.class)))
                        .startsWith("VirtualThread"));
    }

    @Test
    void freshThreadsAreForOneCandidateEach() {
        runner.withPropertyValues("scientist.fresh-threads=true").run(context -> {
            Experiment<Boolean> experiment = context.getBean(Scientist.class).experiment("threads");
            List<Thread> threads = new ArrayList<>();

            for (int i = 0; i < 5; i++) {
                CompletableFuture<Thread> thread = new CompletableFuture<>();
                experiment.run(() -> true, () -> thread.complete(Thread.currentThread()));
                threads.add(thread.join());
                threads.get(i).join();
            }

            assertThat(threads).doesNotHaveDuplicates();
        });
    }

    private static String threadOfCandidate(Scientist scientist) {
        CompletableFuture<String> thread = new CompletableFuture<>();
        Experiment<Boolean> experiment = scientist.experiment("threads");
        experiment.run(() -> true, () -> thread.complete(Thread.currentThread().toString()));
        return thread.join();
    }
}
