package dev.scientist.decision;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RedeclaredEvidenceTest {

    private final Evidence evidence =
            Evidence.builder().instantSource(() -> Sums.FROM).build();

    @AutoClose
    private final Scientist scientist = TestScientists.builder(new FakeTicker(), () -> Sums.FROM)
            .publisher(evidence)
            .defaults(options -> options.start(Start.SAME_THREAD))
            .build();

    @Test
    void whatIsDeclaredAnewHasNoEvidenceYet() {
        Experiment<String> old = scientist.experiment("quote");
        compare(old, 3);

        scientist.remove(old);
        List<Long> stillReadable = List.of(compared(evidence.snapshot("quote")));
        compare(scientist.experiment("quote"), 2);

        assertThat(stillReadable).containsExactly(3L);
        assertThat(compared(evidence.snapshot("quote"))).isEqualTo(2);
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(RedeclaredEvidenceTest::compared)
                .containsExactly(3L);
    }

    @Test
    @Tag("promise-15")
    void noDecisionAboutOneIsMadeFromTheEvidenceOfThePreviousOne() {
        Evidence own = Evidence.builder().build();
        ExperimentDecisions decisions =
                new ExperimentDecisions(own, name -> DecisionPolicy.of(DecisionPolicy.Step.SHADOW_TO_1_PERCENT));
        List<Integer> whileDeclared = new ArrayList<>();
        try (Scientist asking = TestScientists.builder()
                .publisher(own)
                .listener(
                        experiment -> whileDeclared.add(decisions.of(experiment).size()))
                .build()) {
            Experiment<String> old = asking.experiment("quote");
            asking.remove(old);
            int afterItsEnd = decisions.of(old).size();
            Experiment<String> next = asking.experiment("quote");
            asking.remove(next);
            Experiment<String> last = asking.experiment("quote", options -> options.candidates("rewrite"));

            assertThat(whileDeclared).containsExactly(0, 0, 0);
            assertThat(afterItsEnd).isEqualTo(1);
            assertThat(decisions.of(old)).isEmpty();
            assertThat(decisions.of(last)).hasSize(1);
        }
    }

    @Test
    void itMayHaveOtherCandidates() {
        Experiment<String> old = scientist.experiment("quote");
        compare(old, 3);

        scientist.remove(old);
        Experiment<String> next = scientist.experiment("quote", options -> options.candidates("rewrite"));
        compare(next, 1);

        assertThat(compared(evidence.snapshot("quote", "rewrite"))).isEqualTo(1);
        assertThat(evidence.closed("quote", "rewrite")).isEmpty();
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(RedeclaredEvidenceTest::compared)
                .containsExactly(3L);
        assertThatIllegalArgumentException().isThrownBy(() -> evidence.snapshot("quote", "candidate"));
        assertThatIllegalArgumentException().isThrownBy(() -> evidence.closed("quote", "stranger"));
    }

    @Test
    void whatWasInFlightIsEvidenceOnTheOldOne() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Evidence own = Evidence.builder().build();
        try (Scientist real = Scientist.builder().publisher(own).logging(false).build()) {
            Experiment<String> old = real.experiment(
                    "quote", options -> options.start(Start.IMMEDIATE).candidateTimeout(Duration.ofMinutes(1)));
            old.run(() -> "a", () -> {
                entered.countDown();
                left.await();
                return "a";
            });
            entered.await();

            real.remove(old);
            real.experiment("quote");
            left.countDown();
        }

        assertThat(compared(own.snapshot("quote"))).isZero();
        assertThat(own.closed("quote", "candidate"))
                .extracting(RedeclaredEvidenceTest::compared)
                .containsExactly(1L);
    }

    @Test
    void shedCallsOfOneThatHasEndedAreNotThoseOfTheNext() {
        Experiment<String> old = scientist.experiment(
                "quote",
                options -> options.argumentCopier(String.class, argument -> {
                    throw new IllegalStateException("cannot be copied");
                }));
        old.run("a", argument -> argument, argument -> argument);
        long shed = evidence.snapshot("quote").shed();

        scientist.remove(old);
        scientist.experiment("quote");

        assertThat(shed).isEqualTo(1);
        assertThat(evidence.snapshot("quote").shed()).isZero();
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(EvidenceSnapshot::shed)
                .containsExactly(1L);
    }

    /** Nobody can call the experiment any more, but one of its calls still waits for a primary that never completes. */
    @Test
    @Tag("promise-15")
    void whatOneThatHasEndedShedsLastIsShedThoughNobodyCallsItAnyMore() {
        FakeTicker ticker = new FakeTicker();
        Evidence own = Evidence.builder().build();
        try (Scientist first = TestScientists.builder(ticker).publisher(own).build();
                Scientist second = TestScientists.builder(ticker).publisher(own).build()) {
            WeakReference<Experiment<String>> old = endedWithACallInFlight(first);
            eventually("nobody calls it any more", () -> {
                System.gc();
                return old.refersTo(null);
            });
            Experiment<String> another = first.experiment("quote");
            second.remove(second.experiment("quote"));
            eventually("the call is given up", () -> {
                ticker.advance(Duration.ofSeconds(20));
                return own.snapshot("quote").shed() > 0;
            });

            assertThat(own.snapshot("quote").shed()).isEqualTo(1);
            assertThat(another.tally().calls("candidate")).isZero();
        }
    }

    private static WeakReference<Experiment<String>> endedWithACallInFlight(Scientist scientist) {
        Experiment<String> old = scientist.experiment("quote", options -> options.start(Start.AFTER_PRIMARY));
        old.runAsync(CompletableFuture::new, () -> CompletableFuture.completedFuture("a"));
        scientist.remove(old);
        return new WeakReference<>(old);
    }

    private static void compare(Experiment<String> experiment, int calls) {
        for (int i = 0; i < calls; i++) {
            experiment
                    .call()
                    .candidate(experiment.candidates().get(0), () -> "a")
                    .run(() -> "a");
        }
    }

    private static long compared(EvidenceSnapshot snapshot) {
        return snapshot.compared();
    }
}
