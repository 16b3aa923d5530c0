package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.annotation.Async;

/** Proves that the start warns of candidates that go on in a thread without the mark of a shadow. */
@Tag("promise-12")
class AsyncCheckTest {

    static class Orders {

        @ParallelRun(name = "orders.place", candidate = "rewrite")
        @Async
        public CompletableFuture<Integer> place() {
            return CompletableFuture.completedFuture(1);
        }
    }

    static class OnItsMethod {

        @Async
        public CompletableFuture<Integer> place() {
            return CompletableFuture.completedFuture(1);
        }
    }

    @Async
    static class OnItsClass {

        public CompletableFuture<Integer> place() {
            return CompletableFuture.completedFuture(1);
        }
    }

    static class Plain {

        public CompletableFuture<Integer> place() {
            return CompletableFuture.completedFuture(1);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OnItsMethod.class, OnItsClass.class})
    void anAsyncCandidateIsWarnedOf(Class<?> rewrite) {
        try (LoggedLines log = new LoggedLines()) {
            Laboratory.application()
                    .withBean(Orders.class)
                    .withBean("rewrite", rewrite)
                    .run(context -> assertThat(log.at(Level.WARN))
                            .anyMatch(line -> line.contains("orders.place") && line.contains("is @Async")));
        }
    }

    @Test
    void anAsyncPrimaryIsNot() {
        try (LoggedLines log = new LoggedLines()) {
            Laboratory.application()
                    .withBean(Orders.class)
                    .withBean("rewrite", Plain.class)
                    .run(context -> assertThat(log.at(Level.WARN)).noneMatch(line -> line.contains("is @Async")));
        }
    }
}
