package dev.scientist.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ScientistExtensionTest {

    @Test
    @ExtendWith(ScientistExtension.class)
    void candidatesRunDeterministicallyBeforeTheCallReturns(Scientist scientist, RecordingPublisher recording) {
        Experiment<String> experiment = scientist.experiment(
                "quote",
                options -> options.start(Start.IMMEDIATE).sampleRate(0.01).sampleByKey());
        AtomicReference<Thread> candidateThread = new AtomicReference<>();

        experiment
                .call()
                .key("any")
                .candidate(() -> {
                    candidateThread.set(Thread.currentThread());
                    return "a";
                })
                .run(() -> "a");

        assertThat(candidateThread).hasValue(Thread.currentThread());
        assertThat(recording.trials()).hasSize(1);
    }

    @Test
    @ExtendWith(ScientistExtension.class)
    void anExpectedDisagreementCanBeTaken(Scientist scientist, RecordingPublisher recording) {
        Experiment<String> experiment = scientist.experiment("quote");

        experiment.run(() -> "a", () -> "b");

        assertThat(recording.takeTrials()).hasSize(1).allMatch(trial -> trial.isDisagreement());
    }

    @Test
    @Tag("case-31")
    void aMismatchFailsTheTestAlthoughTheApplicationCatchesEverything() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<String> experiment = run.scientist().experiment("quote");

        try {
            experiment.run(() -> "ten", () -> "eleven");
        } catch (Throwable hidden) {
            throw new AssertionError("nothing may reach the application", hidden);
        }

        assertThatThrownBy(run::end).isInstanceOf(AssertionError.class).hasMessage("""
                        1 of 1 trial did not match:
                          quote: candidate mismatched
                            changed at (whole answer) [java.lang.String]
                              primary:   ten
                              candidate: eleven""");
        assertThat(run.recording().trials())
                .as("published before the test fails")
                .hasSize(1);
    }

    @Test
    void whatACleanerLeavesIsShown() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<String> experiment = run.scientist()
                .experiment("quote", options -> options.cleaner(text -> text.replaceAll("[0-9]{4}", "****")));

        experiment.run(() -> "card 4111, ten", () -> "card 4222, eleven");

        assertThatThrownBy(run::end).isInstanceOf(AssertionError.class).hasMessage("""
                        1 of 1 trial did not match:
                          quote: candidate mismatched
                            changed at (whole answer) [java.lang.String]
                            primary:   card ****, ten
                            candidate: card ****, eleven""");
    }

    @Test
    void aTestInWhichNoTrialRanFailsWhereTrialsAreRequired() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension().requiringTrials());
        Experiment<String> experiment =
                run.scientist().experiment("quote", options -> options.runIf(attributes -> false));

        experiment.run(() -> "a", () -> "b");

        assertThatThrownBy(run::end)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "no trial ran in this test, so it says nothing about any candidate. Experiments so far: quote"
                                + " had 1 call(s), 1 skipped (run_if). Call what is under experiment, through the bean that Spring"
                                + " injects where it is annotated; look at its condition and whether it is enabled; or do not require"
                                + " trials of this test");
    }

    @Test
    void aTestThatTookItsTrialsHadSome() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension().requiringTrials());
        Experiment<String> experiment = run.scientist().experiment("quote");

        experiment.run(() -> "a", () -> "b");
        run.recording().takeTrials();

        assertThatCode(run::end).doesNotThrowAnyException();
    }

    @Test
    void trialsAreRequiredOfEachTestAlsoWhereTheScientistIsShared() {
        Events tests = run(RequiringTrials.class);

        assertThat(tests.failed().list())
                .extracting(event -> event.getTestDescriptor().getDisplayName())
                .containsExactlyInAnyOrder("callsNothing()", "failsByItself()");
        assertThat(tests.failed().list())
                .extracting(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error).hasMessageStartingWith("no trial ran in this test"),
                        error -> assertThat(error).hasMessage("by itself").hasNoSuppressedExceptions());
    }

    @Test
    void aComparatorThatFailsFailsTheTestToo() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<String> experiment = run.scientist()
                .experiment(
                        "quote",
                        options -> options.comparator((p, c) -> {
                            throw new IllegalStateException("comparator");
                        }));

        experiment.call().attribute("country", "DE").candidate(() -> "a").run(() -> "a");

        assertThatThrownBy(run::end)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("candidate uncompared (comparator_failed) with {country=DE}")
                .hasMessageContaining("primary:   a");
    }

    @Test
    void arraysAndBrokenValuesAreShownReadably() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<Object> experiment = run.scientist().experiment("quote");
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("toString");
            }
        };

        experiment.run(() -> new int[] {1, 2}, () -> broken);

        assertThatThrownBy(run::end)
                .hasMessageContaining("primary:   [1, 2]")
                .hasMessageContaining("whose toString failed with java.lang.IllegalStateException");
    }

    @Test
    void agreementPassesAndTheScientistIsClosed() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<List<Integer>> experiment = run.scientist().experiment("quote");
        experiment.run(() -> List.of(1), () -> List.of(1));

        assertThatCode(run::end).doesNotThrowAnyException();

        assertThat(run.scientist().isEnabled()).isFalse();
    }

    @Test
    @Tag("case-31")
    void aScientistOfAConstructorOrOfAllTestsIsCheckedAfterEachTest() {
        Events ofConstructor = run(ByConstructor.class);
        Events ofAll = run(BeforeAllTests.class);

        ofConstructor.assertStatistics(tests -> tests.succeeded(0).failed(1));
        ofAll.assertStatistics(tests -> tests.succeeded(0).failed(2));
    }

    @Test
    void aCandidateThatNeverAnswersFailsTheTest() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<String> experiment = run.scientist().experiment("quote");

        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), CompletableFuture::new);

        assertThatThrownBy(run::end)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("quote: 1 candidate(s) were started and have not ended");
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Verdict.Reason.CANCELLED))
                .as("closing cancels and counts it")
                .isEqualTo(1);
    }

    @Test
    void aHookThatKeptTheCandidateFromRunningFailsTheTest() {
        ExtensionRun run = ExtensionRun.of(new ScientistExtension());
        Experiment<String> experiment = run.scientist()
                .experiment(
                        "quote",
                        options -> options.beforeRun(attributes -> {
                            throw new IllegalStateException("preparation");
                        }));

        experiment.run(() -> "a", () -> "a");

        assertThatThrownBy(run::end).hasMessageContaining("quote: hooks failed: before_run 1 time(s)");
    }

    @Test
    void customizersOfTheUserAndOfTheExtensionDoNotContradict() {
        ExtensionRun run = ExtensionRun.of(
                new ScientistExtension(builder -> builder.customizer((name, options) -> options.sampleRate(0.5))));

        Experiment<String> experiment = run.scientist().experiment("quote");

        assertThat(experiment.settings().sampleRate()).isEqualTo(1);
        run.end();
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(tests))
                .execute()
                .testEvents();
    }

    /** Gets its scientist before any test; run by the test kit only. */
    @ExtendWith(ScientistExtension.class)
    static final class ByConstructor {
        private final Experiment<Integer> experiment;

        ByConstructor(Scientist scientist) {
            this.experiment = scientist.experiment("quote");
        }

        @Test
        void disagrees() {
            experiment.run(() -> 1, () -> 2);
        }
    }

    /** Shares one scientist among all tests, and requires trials of each; run by the test kit only. */
    static final class RequiringTrials {
        @RegisterExtension
        static final ScientistExtension EXTENSION = new ScientistExtension().requiringTrials();

        private static Experiment<Integer> experiment;

        @BeforeAll
        static void declare(Scientist scientist) {
            experiment = scientist.experiment("quote");
            experiment.run(() -> 1, () -> 1);
        }

        @Test
        void agrees() {
            experiment.run(() -> 1, () -> 1);
        }

        @Test
        void callsNothing() {}

        @Test
        void failsByItself() {
            throw new IllegalStateException("by itself");
        }
    }

    /** Shares one scientist among all tests; run by the test kit only. */
    @ExtendWith(ScientistExtension.class)
    static final class BeforeAllTests {
        private static Experiment<Integer> experiment;

        @BeforeAll
        static void declare(Scientist scientist) {
            experiment = scientist.experiment("quote");
        }

        @Test
        void disagrees() {
            experiment.run(() -> 1, () -> 2);
        }

        @Test
        void disagreesToo(Scientist scientist) {
            experiment.run(() -> 1, () -> 3);
        }
    }
}
