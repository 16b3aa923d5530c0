package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;

@Tag("promise-10")
@DisplayName("Promise 10: a transaction never reaches a candidate")
class TransactionTest {

    static class Ledger {
        final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @ParallelRun(method = "newer", name = "value")
        public String quote(String text) {
            return state();
        }

        @ParallelRun(method = "newerMono", name = "mono")
        public Mono<String> mono(String text) {
            return Mono.fromSupplier(Ledger::state);
        }

        @ParallelRun(method = "newerReactive", name = "reactive")
        public Mono<String> reactive(String text) {
            return TransactionContextManager.currentContext()
                    .map(context -> "transaction")
                    .onErrorReturn("none");
        }

        public String newer(String text) {
            seen.add(state());
            return state();
        }

        public Mono<String> newerMono(String text) {
            return Mono.fromSupplier(() -> newer(text));
        }

        public Mono<String> newerReactive(String text) {
            return TransactionContextManager.currentContext()
                    .map(context -> "transaction")
                    .onErrorReturn("none")
                    .doOnNext(seen::add);
        }

        private static String state() {
            return TransactionSynchronizationManager.isActualTransactionActive()
                            || TransactionSynchronizationManager.isSynchronizationActive()
                            || TransactionSynchronizationManager.hasResource(TestTransactions.KEY)
                    ? "transaction"
                    : "none";
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application().withBean(TestTransactions.class).withBean(Ledger.class);

    @ParameterizedTest
    @EnumSource
    void whateverTheStartTheCandidateSeesNoTransactionOfTheCaller(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            String value = inTransaction(context, () -> ledger.quote("a"));
            String mono = inTransaction(context, () -> ledger.mono("a").block());
            Laboratory.settle(context);

            assertThat(value).isEqualTo("transaction");
            assertThat(mono).isEqualTo("transaction");
            assertThat(Laboratory.target(ledger).seen).containsExactly("none", "none");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED, Verdict.MISMATCHED);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheStartThePrimarysSecondRunSeesNoneEither(Start start) {
        application
                .withPropertyValues(Laboratory.START + "=" + start, Laboratory.REPLICATE_RATE + "=1")
                .run(context -> {
                    Ledger ledger = context.getBean(Ledger.class);

                    String value = inTransaction(context, () -> ledger.quote("a"));
                    String mono = inTransaction(context, () -> ledger.mono("a").block());
                    String reactive = ledger.reactive("a")
                            .contextWrite(TransactionContextManager.getOrCreateContext())
                            .contextWrite(TransactionContextManager.getOrCreateContextHolder())
                            .block();
                    Laboratory.settle(context);

                    assertThat(List.of(value, mono, reactive)).containsOnly("transaction");
                    assertThat(Laboratory.replicates(context))
                            .hasSize(3)
                            .allSatisfy(
                                    replicate -> assertThat(replicate.outcome().valueOrNull())
                                            .isEqualTo("none"));
                });
    }

    @Test
    void theCallersTransactionGoesOnAfterwardsAsItWas() {
        application.run(context -> {
            List<String> events = new ArrayList<>();

            new TransactionTemplate(context.getBean(TestTransactions.class)).executeWithoutResult(status -> {
                TransactionSynchronizationManager.setCurrentTransactionName("callers");
                TransactionSynchronizationManager.registerSynchronization(telling(events));
                context.getBean(Ledger.class).quote("a");
                events.add(String.valueOf(TransactionSynchronizationManager.getCurrentTransactionName()));
                events.add(String.valueOf(TransactionSynchronizationManager.hasResource(TestTransactions.KEY)));
            });

            assertThat(events).containsExactly("suspend", "resume", "callers", "true", "afterCommit");
        });
    }

    @Test
    void aTransactionInTheReactorContextStaysThePrimarys() {
        application.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            String answer = ledger.reactive("a")
                    .contextWrite(TransactionContextManager.getOrCreateContext())
                    .contextWrite(TransactionContextManager.getOrCreateContextHolder())
                    .block();

            assertThat(answer).isEqualTo("transaction");
            assertThat(Laboratory.target(ledger).seen).containsExactly("none");
        });
    }

    private static <T> T inTransaction(ApplicationContext context, Supplier<T> work) {
        return new TransactionTemplate(context.getBean(TestTransactions.class)).execute(status -> work.get());
    }

    private static TransactionSynchronization telling(List<String> events) {
        return new TransactionSynchronization() {
            @Override
            public void suspend() {
                events.add("suspend");
            }

            @Override
            public void resume() {
                events.add("resume");
            }

            @Override
            public void afterCommit() {
                events.add("afterCommit");
            }
        };
    }
}
