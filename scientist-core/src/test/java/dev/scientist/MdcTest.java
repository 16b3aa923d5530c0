package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

@Tag("promise-10")
@DisplayName("Promise 10: what is done for a call has the caller's MDC, and nothing else has")
class MdcTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private void see(String who) {
        seen.add(who + " " + MDC.getCopyOfContextMap());
    }

    /** A publisher that leaves an entry in the MDC, as all code under test here does. */
    private TrialPublisher publisher(String who, boolean isInline) {
        return new TrialPublisher() {
            @Override
            public boolean accepts(Trial<?> trial) {
                see(who + " asked");
                MDC.put("request", "left by " + who);
                return true;
            }

            @Override
            public void publish(Trial<?> trial) {
                see(who);
                MDC.put("request", "left by " + who);
            }

            @Override
            public boolean isInline() {
                return isInline;
            }
        };
    }

    private Experiment<String> observed(Start start) {
        bench.use(bench.builder()
                .publisher(publisher("inline", true))
                .publisher(publisher("another", true))
                .publisher(publisher("queued", false)));
        return bench.experiment(options -> options.start(start).comparator((primary, candidate) -> {
            see("comparator");
            MDC.put("request", "left by the comparator");
            return List.of();
        }));
    }

    private String candidate() {
        see("candidate");
        MDC.put("request", "left by the candidate");
        MDC.put("further", "left by the candidate");
        return "a";
    }

    @ParameterizedTest
    @EnumSource
    void itIsInPlaceForCandidateComparatorAndPublishers(Start start) {
        Experiment<String> experiment = observed(start);
        MDC.put("request", "r-1");

        experiment.run(() -> "a", this::candidate);
        MDC.put("request", "r-2");
        settle(experiment);
        eventually("all publishers have it", () -> seen.size() == 8);

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "candidate {request=r-1}",
                        "comparator {request=r-1}",
                        "inline asked {request=r-1}",
                        "inline {request=r-1}",
                        "another asked {request=r-1}",
                        "another {request=r-1}",
                        "queued asked {request=r-1}",
                        "queued {request=r-1}");
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("request", "r-2"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfACallIsLeftForTheNext(Start start) {
        Experiment<String> experiment = observed(start);
        for (int i = 0; i < 20; i++) {
            MDC.put("request", "r-" + i);
            experiment.run(() -> "a", this::candidate);
            MDC.clear();
            settle(experiment);
        }
        eventually("all publishers have it", () -> seen.size() == 8 * 20);
        seen.clear();

        for (int i = 0; i < 20; i++) {
            experiment.run(() -> "a", this::candidate);
            settle(experiment);
        }
        eventually("all publishers have it", () -> seen.size() == 8 * 20);

        assertThat(seen).allMatch(line -> line.endsWith(" null") || line.endsWith(" {}"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAnAsynchronousCallToo(boolean isPrimaryLast) {
        Experiment<String> experiment = observed(Start.IMMEDIATE);
        CompletableFuture<String> ofPrimary = new CompletableFuture<>();
        CompletableFuture<String> ofCandidate = new CompletableFuture<>();
        MDC.put("request", "r-1");

        experiment.runAsync(() -> ofPrimary, () -> {
            candidate();
            return ofCandidate;
        });
        MDC.put("request", "of whoever completes them");
        (isPrimaryLast ? ofCandidate : ofPrimary).complete("a");
        (isPrimaryLast ? ofPrimary : ofCandidate).complete("a");
        settle(experiment);
        eventually("all publishers have it", () -> seen.size() == 8);

        assertThat(seen).allMatch(line -> line.endsWith(" {request=r-1}"));
        assertThat(MDC.get("request")).isEqualTo("of whoever completes them");
    }

    @Test
    void aCallThatIsGivenUpIsPublishedWithItsMdc() {
        bench.use(bench.builder().publisher(publisher("inline", true)).publisher(publisher("queued", false)));
        Experiment<String> experiment = bench.experiment(options -> options.candidateTimeout(Duration.ofMillis(1)));
        Door door = bench.door();
        MDC.put("request", "r-1");

        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            return "a";
        });
        door.awaitArrivals(1);
        bench.ticker.advance(Duration.ofMillis(1));
        eventually("all publishers have it", () -> seen.size() == 4);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
        assertThat(seen).allMatch(line -> line.endsWith(" {request=r-1}"));
    }

    @Test
    void whatIsWarnedOfLeadsToItsRequest() {
        bench.use(bench.builder().logging(true));
        Experiment<String> experiment = bench.experiment(options -> options.ignore(
                IgnoreRule.<String>named("broken").owner("team").reason("known").when((primary, candidate) -> {
                    throw new IllegalStateException("rule");
                })));
        MDC.put("request", "r-1");

        List<ILoggingEvent> events;
        try (LogLines lines = new LogLines()) {
            experiment.run(() -> "a", () -> "b");
            MDC.clear();
            eventually("both are logged", () -> lines.warnings().size() == 2);
            events = lines.events();
        }

        assertThat(events)
                .hasSize(2)
                .allMatch(event -> event.getLevel() == Level.WARN)
                .allMatch(event -> event.getMDCPropertyMap().equals(Map.of("request", "r-1")));
    }

    @Test
    void aTrialThatIsKeptHoldsItAsItWasAndNobodyCanChangeIt() {
        Experiment<String> experiment = bench.experiment();
        MDC.put("request", "r-1");
        experiment.run(() -> "a", this::candidate);
        MDC.put("request", "r-2");
        settle(experiment);

        Map<String, String> mdc = bench.seen.only().mdc();

        assertThat(mdc).isEqualTo(Map.of("request", "r-1"));
        assertThatThrownBy(() -> mdc.put("request", "r-3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aTrialWithoutOneHasAnEmptyOne() {
        Experiment<String> experiment = bench.experiment();

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(bench.seen.only().mdc()).isEmpty();
        assertThat(bench.seen.only().traceId()).isNull();
    }

    @Test
    void whatACarrierWritesThereIsNeitherSeenNorLeft() {
        bench.use(bench.builder().contextCarrier(() -> () -> {
            MDC.put("trace", "of the carrier");
            return () -> MDC.put("trace", "left by the carrier");
        }));
        Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
            see("comparator");
            return List.of();
        }));
        MDC.put("request", "r-1");

        experiment.run(() -> "a", this::candidate);
        settle(experiment);

        assertThat(seen).containsExactly("candidate {request=r-1}", "comparator {request=r-1}");
    }
}
