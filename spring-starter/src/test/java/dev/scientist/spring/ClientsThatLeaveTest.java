package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference.Severity;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.EvidenceSnapshot;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Proves, on a server with HTTP clients, what is counted for a stream that the client ends early or that is long. */
class ClientsThatLeaveTest {

    static class Feed {
        @ParallelRun(name = "endless", candidateType = RewrittenFeed.class)
        Flux<String> endless() {
            return Flux.range(0, 1_000_000).delayElements(Duration.ofMillis(1)).map(number -> "item " + number);
        }

        @ParallelRun(name = "long", candidateType = RewrittenFeed.class, method = "numbers")
        Flux<String> numbers() {
            return Flux.range(0, 1_500).map(number -> "item " + number);
        }

        @ParallelRun(name = "longer", candidateType = RewrittenFeed.class, method = "numbers")
        Flux<String> moreNumbers() {
            return numbers();
        }
    }

    static class RewrittenFeed {
        Flux<String> endless() {
            return Flux.range(0, 1_000_000).delayElements(Duration.ofMillis(1)).map(number -> "item " + number);
        }

        Flux<String> numbers() {
            return Flux.range(0, 1_500).map(number -> "item " + number);
        }
    }

    @RestController
    static class Pages {
        private final Feed feed;

        Pages(Feed feed) {
            this.feed = feed;
        }

        @GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> endless() {
            return feed.endless();
        }

        @GetMapping(path = "/long", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> numbers() {
            return feed.numbers();
        }

        @GetMapping(path = "/longer", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> moreNumbers() {
            return feed.moreNumbers();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        Feed feed() {
            return new Feed();
        }

        @Bean
        RewrittenFeed rewrittenFeed() {
            return new RewrittenFeed();
        }

        @Bean
        Pages pages(Feed feed) {
            return new Pages(feed);
        }
    }

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(
                Service.class,
                "scientist.logging=false",
                "scientist.defaults.candidate-timeout=1m",
                "scientist.experiments.endless.max-elements=1000000",
                "scientist.experiments.longer.max-elements=2000");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Tally tally(String experiment) {
        return application
                .bean(ExperimentRegistry.class)
                .find(experiment)
                .orElseThrow()
                .tally();
    }

    private static EvidenceSnapshot evidence(String experiment) {
        return application.bean(Evidence.class).snapshot(experiment);
    }

    private static void awaitCalls(String experiment, int calls) {
        Laboratory.eventually(
                calls + " calls have ended",
                () -> tally(experiment).calls("candidate") == calls
                        && tally(experiment).inFlight() == 0);
    }

    private static long bad(String experiment) {
        return evidence(experiment).strata().stream()
                .mapToLong(stratum -> stratum.bad(Severity.MAJOR) + stratum.uncompared())
                .sum();
    }

    @Test
    @Tag("promise-15")
    void clientsThatLeaveAStreamAreNoEvidenceAgainstTheCandidate() throws Exception {
        for (int i = 0; i < 10; i++) {
            readSomeAndLeave("/endless");
        }
        awaitCalls("endless", 10);

        assertThat(bad("endless")).isZero();
        assertThat(tally("endless").count(Verdict.MATCHED)).isEqualTo(10);
    }

    @Test
    void aStreamBeyondTheLimitIsComparedUnlessTheCandidateIsFarBehind() throws Exception {
        int lines = (int) IntStream.range(0, 3)
                .mapToObj(i -> read("/long"))
                .filter(body -> body.contains("data:item 1499"))
                .count();
        awaitCalls("long", 3);

        assertThat(lines).isEqualTo(3);
        assertThat(bad("long")).isZero();
        assertThat(tally("long").count(Verdict.MATCHED) + evidence("long").shed())
                .isEqualTo(3);
    }

    @Test
    void theLimitIsAProperty() {
        String body = read("/longer");
        awaitCalls("longer", 1);

        assertThat(body).contains("data:item 1499");
        assertThat(tally("longer").count(Verdict.MATCHED)).isEqualTo(1);
    }

    private static void readSomeAndLeave(String path) throws Exception {
        try (InputStream body = application.open(path)) {
            assertThat(new String(body.readNBytes(100), StandardCharsets.UTF_8)).contains("data:item 1");
        }
    }

    private static String read(String path) {
        try {
            return application.get(path).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
