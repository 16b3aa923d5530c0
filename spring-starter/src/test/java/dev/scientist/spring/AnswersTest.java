package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Outcome;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Proves that every kind of answer is compared by what the caller gets out of it. */
class AnswersTest {

    static class Ledger {
        @ParallelRun(candidate = "rewrite")
        public String value(String text) {
            return "value " + text;
        }

        @ParallelRun(candidate = "rewrite")
        public int primitive(int number) {
            return number + 1;
        }

        @ParallelRun(candidate = "rewrite")
        public Optional<String> optional(String text) {
            return Optional.of(text);
        }

        @ParallelRun(candidate = "rewrite")
        public void nothing(List<String> done) {
            done.add("primary");
        }

        @ParallelRun(candidate = "rewrite")
        public String failing(IOException error) throws IOException {
            throw error;
        }

        @ParallelRun(candidate = "rewrite")
        public CompletionStage<String> stage(String text) {
            return CompletableFuture.completedFuture("stage " + text);
        }

        @ParallelRun(candidate = "rewrite")
        public CompletableFuture<String> future(String text) {
            return CompletableFuture.completedFuture("future " + text);
        }

        @ParallelRun(candidate = "rewrite")
        public Mono<String> mono(String text) {
            return Mono.just("mono " + text);
        }

        @ParallelRun(candidate = "rewrite")
        public Flux<String> flux(String text) {
            return Flux.just("flux", text);
        }
    }

    static class Rewrite {
        public String value(CharSequence text) {
            return "value " + text;
        }

        public Integer primitive(Integer number) {
            return number + 2;
        }

        public Optional<String> optional(String text) {
            return Optional.of(text);
        }

        public void nothing(List<String> done) {
            done.add("candidate");
        }

        public String failing(IOException error) {
            throw new IllegalStateException("rewrite down");
        }

        public CompletableFuture<String> stage(String text) {
            return CompletableFuture.completedFuture("stage " + text);
        }

        public CompletionStage<String> future(String text) {
            return CompletableFuture.completedFuture("another future " + text);
        }

        public Mono<String> mono(String text) {
            return Mono.just("mono " + text);
        }

        public Flux<String> flux(String text) {
            return Flux.just("flux", text, "and more");
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application().withBean("ledger", Ledger.class).withBean("rewrite", Rewrite.class);

    @Test
    void valuesAreComparedAsTheyAre() {
        application.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            String value = ledger.value("a");
            int primitive = ledger.primitive(1);
            Optional<String> optional = ledger.optional("a");

            assertThat(value).isEqualTo("value a");
            assertThat(primitive).isEqualTo(2);
            assertThat(optional).contains("a");
            assertThat(Laboratory.verdicts(context))
                    .containsExactly(Verdict.MATCHED, Verdict.MISMATCHED, Verdict.MATCHED);
        });
    }

    @Test
    void ofMethodsThatReturnNothingErrorsAndDurationsAreCompared() {
        application.run(context -> {
            List<String> done = new ArrayList<>();

            context.getBean(Ledger.class).nothing(done);

            assertThat(done).containsExactly("primary", "candidate");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void theCallerGetsTheVeryErrorOfThePrimary() {
        application.run(context -> {
            IOException down = new IOException("ledger down");

            Throwable thrown =
                    catchThrowable(() -> context.getBean(Ledger.class).failing(down));

            assertThat(thrown).isSameAs(down);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
            assertThat(candidate(context)).isInstanceOf(Outcome.Threw.class);
        });
    }

    @Test
    void stagesAreComparedByWhatTheyYield() {
        application.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            String stage = ledger.stage("a").toCompletableFuture().join();
            String future = ledger.future("a").join();

            assertThat(stage).isEqualTo("stage a");
            assertThat(future).isEqualTo("future a");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MISMATCHED);
        });
    }

    @Test
    void monosAndFluxesAreComparedOncePerSubscription() {
        application.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);
            Mono<String> mono = ledger.mono("a");

            List<String> answers = List.of(mono.block(), mono.block());
            List<String> elements = ledger.flux("a").collectList().block();

            assertThat(answers).containsExactly("mono a", "mono a");
            assertThat(elements).containsExactly("flux", "a");
            assertThat(Laboratory.verdicts(context))
                    .containsExactly(Verdict.MATCHED, Verdict.MATCHED, Verdict.MISMATCHED);
        });
    }

    private static Outcome<?> candidate(ApplicationContext context) {
        return context.getBean(RecordingPublisher.class)
                .trials()
                .get(0)
                .candidates()
                .get(0)
                .outcome();
    }
}
