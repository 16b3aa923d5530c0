package dev.scientist.decision;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.CandidateGuard;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Outcome;
import dev.scientist.Scientist;
import dev.scientist.Shadow;
import dev.scientist.Sharing;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.testing.RecordingPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Calls that were cut off, which was the deed of neither side")
class CutOffEvidenceTest {

    private final FakeTicker ticker = new FakeTicker();
    private final Evidence evidence = Evidence.builder().build();
    private final RecordingPublisher after = new RecordingPublisher();

    @AutoClose
    private final Scientist scientist = TestScientists.builder(ticker)
            .publisher(evidence)
            .publisher(after)
            .closeTimeout(Duration.ofMillis(1))
            .build();

    private final CountDownLatch settled = new CountDownLatch(1);
    private final Experiment<String> experiment = scientist.experiment(
            "quotes", options -> options.start(Start.IMMEDIATE).guard(new Settled(settled)));

    /** Tells when the candidate has settled. */
    private record Settled(CountDownLatch latch) implements CandidateGuard {
        @Override
        public Reason refusal() {
            return Reason.NONE;
        }

        @Override
        public Reason acquire() {
            return Reason.NONE;
        }

        @Override
        public void settled(Outcome<?> outcome) {
            latch.countDown();
        }

        @Override
        public void ended() {}
    }

    /** A call whose candidate has begun. */
    private CompletionStage<String> begin(CompletableFuture<String> primary) throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CompletionStage<String> handed = experiment.runAsync(() -> primary, () -> {
            called.countDown();
            return new CompletableFuture<>();
        });
        await(called);
        return handed;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitVerdict(Verdict verdict, Reason reason) {
        eventually("it is published", () -> after.published() == 1);
        assertThat(experiment.tally().count("candidate", verdict, reason)).isEqualTo(1);
    }

    @Test
    @Tag("promise-15")
    void aCallerThatLeavesIsNoEvidence() throws InterruptedException {
        begin(new CompletableFuture<>()).toCompletableFuture().cancel(true);
        awaitVerdict(Verdict.UNCOMPARED, Reason.CANCELLED);

        EvidenceSnapshot snapshot = evidence.snapshot("quotes");

        assertThat(snapshot.compared()).isZero();
        assertThat(snapshot.recent()).isEqualTo(List.<Bucket>of());
        assertThat(snapshot.shed()).isZero();
        assertThat(snapshot.primaryLatency().n()).isZero();
    }

    @Test
    @Tag("promise-15")
    void whatClosingCutsOffIsMissingAndSpeaksAgainstNobody() throws InterruptedException {
        begin(CompletableFuture.completedFuture("a"));
        scientist.close();
        awaitVerdict(Verdict.UNCOMPARED, Reason.CANCELLED);

        EvidenceSnapshot snapshot = evidence.snapshot("quotes");

        assertThat(snapshot.compared()).isZero();
        assertThat(snapshot.recent()).isEqualTo(List.<Bucket>of());
        assertThat(snapshot.shed()).isEqualTo(1);
    }

    private static void refuse(Reason reason) {
        switch (reason) {
            case POOL -> Shadow.noPlaceInPool();
            case EFFECT_REFUSED -> Shadow.effectRefused();
            default -> throw Sharing.SESSION.refusal("the primary's answer", String.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POOL", "SESSION", "EFFECT_REFUSED"})
    @Tag("promise-15")
    void whatProtectionOfTheCallerCutsOffIsMissingAndSpeaksAgainstNobody(Reason reason) {
        boolean isInComparator = reason == Reason.SESSION;
        Experiment<String> orders = scientist.experiment(
                "orders",
                options -> options.start(Start.SAME_THREAD).comparator((primary, candidate) -> {
                    refuse(reason);
                    return List.of();
                }));
        orders.run(() -> "a", () -> {
            if (!isInComparator) {
                refuse(reason);
            }
            return "a";
        });
        eventually("it is published", () -> after.published() == 1);

        EvidenceSnapshot snapshot = evidence.snapshot("orders");

        assertThat(orders.tally().count("candidate", Verdict.UNCOMPARED, reason))
                .isEqualTo(1);
        assertThat(snapshot.compared()).isZero();
        assertThat(snapshot.recent()).isEqualTo(List.<Bucket>of());
        assertThat(snapshot.shed()).isEqualTo(1);
    }

    @Test
    @Tag("promise-16")
    void aCandidateThatThrewSpeaksAgainstItselfThoughThePrimaryNeverCame() throws InterruptedException {
        experiment.runAsync(
                CompletableFuture::new, () -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
        await(settled);
        ticker.advance(Duration.ofSeconds(61)); // a minute after the deadline
        awaitVerdict(Verdict.UNCOMPARED, Reason.OVER_BUDGET);

        EvidenceSnapshot snapshot = evidence.snapshot("quotes");

        assertThat(snapshot.compared()).isEqualTo(1);
        assertThat(snapshot.shed()).isZero();
    }

    @Test
    @Tag("promise-15")
    void aPrimaryThatNeverCameIsMissingAndSpeaksAgainstNobody() throws InterruptedException {
        experiment.runAsync(CompletableFuture::new, () -> CompletableFuture.completedFuture("a"));
        await(settled);
        ticker.advance(Duration.ofSeconds(61)); // a minute after the deadline
        awaitVerdict(Verdict.UNCOMPARED, Reason.OVER_BUDGET);

        EvidenceSnapshot snapshot = evidence.snapshot("quotes");

        assertThat(snapshot.compared()).isZero();
        assertThat(snapshot.recent()).isEqualTo(List.<Bucket>of());
        assertThat(snapshot.shed()).isEqualTo(1);
    }
}
