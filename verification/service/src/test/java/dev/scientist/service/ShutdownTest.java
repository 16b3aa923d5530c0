package dev.scientist.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("A service with JPA that is shut down")
class ShutdownTest {

    @Test
    @Tag("promise-18")
    void aCandidateInATransactionEndsBeforeItsPoolIsClosed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ConfigurableApplicationContext service = Service.start("scientist.defaults.candidate-timeout=1m");
        RewrittenPurchaseEditor rewrite = service.getBean(RewrittenPurchaseEditor.class);
        Scientist scientist = service.getBean(Scientist.class);
        HikariDataSource pool = service.getBean(HikariDataSource.class);
        RecordingPublisher recorded = service.getBean(RecordingPublisher.class);
        rewrite.hold(release);
        service.getBean(PurchaseEditor.class).count();
        await(() -> rewrite.atWork() == 1);

        Thread closing = new Thread(service::close);
        closing.start();
        await(() -> !scientist.isEnabled());
        boolean isPoolClosed = pool.isClosed();
        int connections = pool.getHikariPoolMXBean().getActiveConnections();
        release.countDown();
        closing.join();

        assertThat(isPoolClosed).isFalse();
        assertThat(connections).isEqualTo(1);
        assertThat(pool.isClosed()).isTrue();
        assertMatched(recorded.takeTrials());
    }

    @Test
    @Tag("promise-18")
    void aRequestInFlightIsAnsweredByItsPrimaryAlone() throws Exception {
        ConfigurableApplicationContext service = Service.start(
                "spring.main.web-application-type=servlet",
                "server.port=0",
                "server.shutdown=graceful",
                "spring.security.user.password=user");
        Till till = service.getBean(Till.class);
        Scientist scientist = service.getBean(Scientist.class);
        RecordingPublisher recorded = service.getBean(RecordingPublisher.class);
        URI count = URI.create(
                "http://localhost:" + service.getEnvironment().getRequiredProperty("local.server.port") + "/count");
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(count)
                                .header("Authorization", "Basic dXNlcjp1c2Vy") // user:user
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        till.entered.await();

        Thread closing = new Thread(service::close);
        closing.start();
        await(() -> !scientist.isEnabled());
        boolean isAnsweredBefore = answer.isDone();
        till.letGo.countDown();
        closing.join();

        assertThat(isAnsweredBefore).isFalse();
        assertThat(answer.get().body()).isEqualTo("0");
        assertThat(recorded.takeTrials()).isEmpty();
    }

    private static void assertMatched(List<Trial<?>> trials) {
        assertThat(trials)
                .singleElement()
                .satisfies(
                        trial -> assertThat(trial.candidates().get(0).verdict()).isEqualTo(Verdict.MATCHED));
    }

    /** Waits until a condition holds that other threads bring about. */
    private static void await(BooleanSupplier holds) {
        long startedAt = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startedAt > 30_000_000_000L) {
                throw new AssertionError("still not so after 30 s");
            }
            Thread.onSpinWait();
        }
    }
}
