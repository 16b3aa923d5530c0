package dev.scientist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Trial;
import dev.scientist.Verdict.Reason;
import dev.scientist.service.Statements.Who;
import dev.scientist.testing.RecordingPublisher;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("Callers of a service whose entities are written down to be compared")
class SnapshotServiceTest {

    private static final int PURCHASES = 20;
    private static final String NEVER = "scientist.defaults.sample-rate=0";

    /** A business method of the desk that callers run on one purchase. */
    private interface Business extends BiFunction<Desk, Long, Object> {}

    /**
     * The results of all calls.
     *
     * @param answers how many callers got each answer
     * @param calls statements that callers executed
     * @param candidates statements that candidates executed
     * @param others statements of all other threads
     */
    private record Result(
            Map<Object, Integer> answers, long calls, long candidates, long others, List<Trial<?>> trials) {

        /** The candidates that got a connection; a shadow does not wait for one. */
        List<Trial.Candidate<?>> served() {
            return trials.stream()
                    .<Trial.Candidate<?>>map(trial -> trial.candidates().get(0))
                    .filter(candidate -> candidate.reason() != Reason.POOL)
                    .toList();
        }

        Set<String> verdicts() {
            return served().stream()
                    .map(candidate -> candidate.verdict() + " " + candidate.reason())
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot=json", "snapshot=objects start=immediate", "snapshot=objects start=same-thread"})
    @Tag("promise-1")
    void callersGoOnWithAnswersAsTheyWouldWithoutSnapshots(String settings) throws Exception {
        Result expected = run(Desk::tagsOf, NEVER);

        Result result = run(Desk::tagsOf, ofExperiment("purchases.find", settings));

        assertThat(result.answers()).isEqualTo(expected.answers()).isEqualTo(Map.of(Desk.LINES * Desk.TAGS, 600));
        assertUnharmed(result, expected);
        assertThat(result.verdicts()).containsExactly("MATCHED NONE");
        assertThat(result.candidates())
                .as("one query for each")
                .isEqualTo(result.served().size());
        assertThat(result.served())
                .as("purchases without their lines")
                .allMatch(candidate -> candidate.notLoaded() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot=json", "snapshot=objects"})
    @Tag("promise-1")
    void whatIsLoadedOnlyAfterABulkUpdateIsLoadedOnlyThen(String settings) throws Exception {
        Result expected = run(Desk::relabelled, NEVER);

        Result result = run(Desk::relabelled, ofExperiment("purchases.find", settings));

        assertThat(result.answers()).hasSize(PURCHASES).isEqualTo(expected.answers());
        assertThat(result.answers().keySet().toString())
                .contains("relabelled 20")
                .doesNotContain("article");
        assertUnharmed(result, expected);
        assertThat(result.verdicts()).containsExactly("MATCHED NONE");
    }

    @Test
    @Tag("promise-1")
    void anArgumentThatIsNotLoadedIsNotLoadedToCopyIt() throws Exception {
        Result expected = run(Desk::describeAndCount, NEVER);

        Result result = run(Desk::describeAndCount, ofExperiment("purchases.describe", "arguments=json"));

        assertThat(result.answers()).hasSize(PURCHASES).isEqualTo(expected.answers());
        assertUnharmed(result, expected);
        assertThat(result.trials()).as("calls whose candidate was started").isEmpty();
    }

    @Test
    @Tag("promise-1")
    void aLoadedArgumentIsCopiedForTheCandidate() throws Exception {
        Result expected = run(Desk::countAndDescribe, NEVER);

        Result result = run(Desk::countAndDescribe, ofExperiment("purchases.describe", "arguments=json"));

        assertThat(result.answers()).hasSize(PURCHASES).isEqualTo(expected.answers());
        assertUnharmed(result, expected);
        assertThat(result.verdicts()).containsExactly("MATCHED NONE");
        assertThat(result.candidates()).isZero();
    }

    private static void assertUnharmed(Result result, Result expected) {
        assertThat(result.calls()).as("statements of callers").isEqualTo(expected.calls());
        assertThat(result.others()).as("statements of neither").isZero();
    }

    private static String[] ofExperiment(String name, String settings) {
        return Stream.concat(
                        Arrays.stream(settings.split(" "))
                                .map(setting -> "scientist.experiments." + name + "." + setting),
                        Stream.of(NEVER, "scientist.experiments." + name + ".sample-rate=1"))
                .toArray(String[]::new);
    }

    /** Starts a service, lets callers use it until all candidates have ended, and returns the results. */
    private static Result run(Business business, String... properties) throws Exception {
        RecordingPublisher recorded;
        Map<Object, Integer> answers;
        String[] all = Stream.concat(
                        Stream.of(properties),
                        Stream.of(
                                Statements.PROPERTY,
                                "scientist.defaults.candidate-timeout=1m",
                                "spring.datasource.hikari.maximum-pool-size=40", // places for most candidates
                                "spring.datasource.hikari.minimum-idle=1",
                                "scientist.pool-share=0.5",
                                "spring.jackson.visibility.field=any"))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext service = Service.start(all)) {
            Desk desk = service.getBean(Desk.class);
            recorded = service.getBean(RecordingPublisher.class);
            desk.fill(PURCHASES);
            Statements.clear();

            answers = SharedSessionTest.answers(call -> business.apply(desk, call));
        }
        return new Result(
                answers,
                Statements.of(Who.CALLER),
                Statements.of(Who.CANDIDATE),
                Statements.of(Who.OTHER),
                recorded.takeTrials());
    }
}
