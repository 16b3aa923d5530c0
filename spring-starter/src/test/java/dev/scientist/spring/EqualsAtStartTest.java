package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** Proves that the start warns of answers that cannot be equal, and of no others. */
class EqualsAtStartTest {

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withBean(Without.class);

    static class Plain {}

    static final class Generic<T> {
        final @Nullable T content = null;
    }

    abstract static class Shape {}

    record Quote(Plain plain) {}

    enum State {
        OPEN
    }

    /** Each answer is, or holds, a type without equals. */
    static class Without {
        @ParallelRun(name = "plain", candidate = "same")
        public Plain plain() {
            return new Plain();
        }

        @ParallelRun(name = "list", candidate = "same")
        public List<Plain> list() {
            return List.of();
        }

        @ParallelRun(name = "optional", candidate = "same")
        public Optional<? extends Plain> optional() {
            return Optional.empty();
        }

        @ParallelRun(name = "map", candidate = "same")
        public Map<String, List<Plain>> map() {
            return Map.of();
        }

        @ParallelRun(name = "array", candidate = "same")
        public Plain[] array() {
            return new Plain[0];
        }

        @ParallelRun(name = "bytes", candidate = "same")
        public List<byte[]> bytes() {
            return List.of();
        }

        @ParallelRun(name = "generic", candidate = "same")
        public Generic<String> generic() {
            return new Generic<>();
        }

        @ParallelRun(name = "stage", candidate = "same")
        public CompletableFuture<Plain> stage() {
            return CompletableFuture.completedFuture(null);
        }

        @ParallelRun(name = "mono", candidate = "same")
        public Mono<Plain> mono() {
            return Mono.empty();
        }

        @ParallelRun(name = "response", candidate = "same")
        public ResponseEntity<Plain> response() {
            return ResponseEntity.ok(new Plain());
        }
    }

    /** The types of these answers have an equals, or it cannot be known whether they do. */
    static class Others {
        @ParallelRun(name = "others.object", candidate = "same")
        public Object object() {
            return "";
        }

        @ParallelRun(name = "others.face", candidate = "same")
        public List<CharSequence> face() {
            return List.of();
        }

        @ParallelRun(name = "others.shape", candidate = "same")
        public Shape shape() {
            return new Shape() {};
        }

        @ParallelRun(name = "others.record", candidate = "same")
        public Quote quote() {
            return new Quote(new Plain());
        }

        @ParallelRun(name = "others.state", candidate = "same")
        public State state() {
            return State.OPEN;
        }

        @ParallelRun(name = "others.bytes", candidate = "same")
        public byte[][] bytes() {
            return new byte[0][];
        }

        @ParallelRun(name = "others.type", candidate = "same")
        public Class<?> type() {
            return Plain.class;
        }

        @ParallelRun(name = "others.nothing", candidate = "same")
        public Mono<Void> nothing() {
            return Mono.empty();
        }

        @ParallelRun(name = "others.number", candidate = "same")
        public int number() {
            return 1;
        }

        @ParallelRun(name = "others.void", candidate = "same")
        public void none() {}

        @ParallelRun(name = "others.raw", candidate = "same")
        @SuppressWarnings("rawtypes")
        public List raw() {
            return List.of();
        }

        @ParallelRun(name = "others.any", candidate = "same")
        public <T> List<T> any() {
            return List.of();
        }
    }

    private List<String> warnings() {
        return log.at(Level.WARN).stream()
                .filter(line -> line.contains("has no equals"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "list", "optional", "map", "array", "bytes", "generic", "stage", "mono", "response"})
    void anAnswerThatCannotBeEqualIsWarnedOfOnceWithWhatWouldHelp(String experiment) {
        runner.withBean("same", Without.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(warnings())
                .filteredOn(line -> line.startsWith("experiment " + experiment + ": "))
                .singleElement()
                .asString()
                .contains("Set scientist.experiments." + experiment + ".comparator.type to objects or json, or ");
    }

    @Test
    void theWarningNamesWhatTheMethodDeclares() {
        runner.withBean("same", Without.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(warnings())
                .contains(
                        "experiment list: The method answers with List<EqualsAtStartTest.Plain>, and"
                                + " EqualsAtStartTest.Plain has no equals, so that any two answers differ. Set"
                                + " scientist.experiments.list.comparator.type to objects or json, or make it a record.",
                        "experiment bytes: The method answers with List<byte[]>, and byte[] has no equals, so that any two"
                                + " answers differ. Set scientist.experiments.bytes.comparator.type to objects or json, or"
                                + " answer with a List.");
    }

    @Test
    void whatTheWarningSaysHelps() {
        runner.withBean("same", Without.class)
                .withPropertyValues(
                        "scientist.experiments.plain.comparator.type=objects",
                        "scientist.experiments.list.snapshot=json")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(warnings())
                .hasSize(8)
                .noneMatch(line -> line.contains("experiment plain:") || line.contains("experiment list:"));
    }

    @Test
    void whatHasAnEqualsOrDoesNotTellIsNotTalkedAbout() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withBean(Others.class)
                .withBean("same", Others.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(warnings()).isEmpty();
    }
}
