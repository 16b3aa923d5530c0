package dev.scientist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("Callers who share a session with what is under experiment")
class SharedSessionTest {

    private static final int CALLERS = 4;
    private static final int CALLS = 150;

    @Test
    void withoutASampleEachCallerCountsItsNinetyTags() throws Exception {
        Map<Object, Integer> seen;
        try (ConfigurableApplicationContext service = Service.start("scientist.defaults.sample-rate=0")) {
            Desk desk = service.getBean(Desk.class);
            desk.fill(20);

            seen = answers(desk::tagsOf);
        }

        assertThat(seen).isEqualTo(Map.of(Desk.LINES * Desk.TAGS, CALLERS * CALLS));
    }

    static List<String> settings() {
        return List.of(
                "scientist.defaults.comparator.type=equality",
                "scientist.defaults.comparator.type=objects",
                "scientist.defaults.comparator.type=json",
                "scientist.defaults.start=immediate",
                "scientist.defaults.start=after-primary");
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("promise-1")
    void anAnswerThatIsAnEntityIsLeftToItsCallers(String setting) throws Exception {
        Map<Object, Integer> seen;
        List<Trial<?>> trials;
        try (ConfigurableApplicationContext service = Service.start("scientist.defaults.sample-rate=1", setting)) {
            Desk desk = service.getBean(Desk.class);
            desk.fill(20);

            seen = answers(desk::tagsOf);
            trials = service.getBean(RecordingPublisher.class).takeTrials();
        }

        assertThat(seen).isEqualTo(Map.of(Desk.LINES * Desk.TAGS, CALLERS * CALLS));
        assertThat(trials)
                .isNotEmpty()
                .allSatisfy(trial -> assertThat(trial.primary().valueOrNull()).isNull())
                .noneSatisfy(trial ->
                        assertThat(trial.candidates().get(0).verdict()).isIn(Verdict.MATCHED, Verdict.MISMATCHED));
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("promise-1")
    void anArgumentThatIsAnEntityIsGivenToNoCandidate(String setting) throws Exception {
        Map<Object, Integer> seen;
        List<Trial<?>> trials;
        try (ConfigurableApplicationContext service = Service.start("scientist.defaults.sample-rate=1", setting)) {
            Desk desk = service.getBean(Desk.class);
            desk.fill(20);

            seen = answers(desk::describeAndCount);
            trials = service.getBean(RecordingPublisher.class).takeTrials();
        }

        assertThat(seen)
                .hasSize(20)
                .allSatisfy((answer, count) -> assertThat(answer.toString()).endsWith(": 90"));
        assertThat(trials).as("calls whose candidate was started").isEmpty();
    }

    /** How many callers got each answer; an exception counts as an answer. */
    static Map<Object, Integer> answers(LongFunction<Object> call) throws Exception {
        ExecutorService callers =
                Executors.newFixedThreadPool(CALLERS, work -> new Thread(work, Statements.CALLERS + work.hashCode()));
        try {
            List<Callable<List<Object>>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(() -> answersOfOne(call));
            }
            Map<Object, Integer> seen =
                    new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
            for (Future<List<Object>> answers : callers.invokeAll(all)) {
                answers.get().forEach(answer -> seen.merge(answer, 1, Integer::sum));
            }
            return seen;
        } finally {
            callers.shutdownNow();
        }
    }

    private static List<Object> answersOfOne(LongFunction<Object> call) {
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            try {
                answers.add(call.apply(1 + i % 20));
            } catch (RuntimeException failed) {
                answers.add(failed.toString());
            }
        }
        return answers;
    }
}
