package dev.scientist;

import static dev.scientist.Bench.attempt;
import static dev.scientist.Bench.settle;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("promise-13")
@DisplayName("Promise 13: privacy by default")
class PrivacyTest {

    private static final String SECRET = "4111-1111-1111-1111";

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    void noTextOfATrialOrTallyShowsAValue() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("a", "b", "c")
                .ignore(IgnoreRule.<String>named("rule")
                        .owner("team")
                        .reason(SECRET)
                        .when((p, c) ->
                                c.errorOrNull() == null && c.valueOrNull().startsWith("ignored"))));

        experiment
                .call()
                .key(SECRET)
                .attribute("card", SECRET)
                .candidate("a", () -> SECRET + "x")
                .candidate("b", () -> "ignored " + SECRET)
                .candidate("c", () -> {
                    throw new IllegalStateException(SECRET);
                })
                .run(() -> SECRET);
        attempt(() -> experiment.call().candidate("a", () -> SECRET).run(() -> {
            throw new IllegalStateException(SECRET);
        }));
        settle(experiment);

        assertThat(bench.seen.all()).hasSize(2).allSatisfy(trial -> {
            assertThat(trial.toString()).contains("experiment: primary").doesNotContain(SECRET);
            assertThat(trial.primary().toString()).doesNotContain(SECRET);
            assertThat(trial.candidates()).allSatisfy(candidate -> {
                assertThat(candidate.toString()).doesNotContain(SECRET);
                assertThat(candidate.outcome().toString()).doesNotContain(SECRET);
                assertThat(candidate.differences().toString()).doesNotContain(SECRET);
            });
        });
        assertThat(experiment.tally().toString()).contains("a: calls=2").doesNotContain(SECRET);
    }

    @Test
    void noTextOfARuleShowsItsReason() {
        IgnoreRule<String> rule =
                IgnoreRule.<String>named("rule").owner("team").reason(SECRET).when((p, c) -> true);

        String text = rule.toString();

        assertThat(text).isEqualTo("ignore rule 'rule' of team");
    }

    @Test
    void theTextOfAnOutcomeNeverTouchesItsValue() {
        List<Outcome<Object>> outcomes = List.of(
                new Outcome.Returned<>(new Bench.Hostile(), Duration.ofMillis(5)),
                new Outcome.Returned<>(null, Duration.ofMillis(5)),
                new Outcome.Threw<>(new IllegalStateException(SECRET), Duration.ofMillis(5)),
                new Outcome.TimedOut<>(Duration.ofMillis(5)),
                new Outcome.Cancelled<>(Duration.ofMillis(5)));

        List<String> texts = outcomes.stream().map(Object::toString).toList();

        assertThat(texts)
                .containsExactly(
                        "returned dev.scientist.Bench$Hostile after PT0.005S",
                        "returned null after PT0.005S",
                        "threw java.lang.IllegalStateException after PT0.005S",
                        "timed out after PT0.005S",
                        "cancelled after PT0.005S");
    }

    @Test
    void whatIsLoggedOfAFailingHookIsClassAndPlaceAndNeverTheMessage() {
        List<String> logged;

        try (LogLines lines = new LogLines()) {
            Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
                throw new IllegalStateException(primary + candidate);
            }));
            for (int i = 0; i < 3; i++) {
                experiment.run(() -> SECRET, () -> SECRET);
            }
            settle(experiment);
            logged = lines.all();
        }

        assertThat(logged).hasSize(3).noneMatch(line -> line.contains(SECRET));
        assertThat(logged)
                .anySatisfy(line -> assertThat(line).contains("java.lang.IllegalStateException", "PrivacyTest"));
    }

    @Test
    void whyAComparatorCannotCompareIsLoggedInItsWordsWithoutThoseOfItsCause() {
        List<String> warnings;
        List<String> logged;

        try (LogLines lines = new LogLines()) {
            Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
                throw new UncomparableException(
                        "the primary's answer ends too early", new IllegalStateException(primary + candidate));
            }));
            for (int i = 0; i < 3; i++) {
                experiment.run(() -> SECRET, () -> SECRET);
            }
            settle(experiment);
            warnings = lines.warnings();
            logged = lines.all();
        }

        assertThat(warnings)
                .containsExactly(
                        "experiment experiment: comparator failed: the primary's answer ends too early caused by"
                                + " java.lang.IllegalStateException; further failures are counted and logged at DEBUG");
        assertThat(logged).hasSize(3).noneMatch(line -> line.contains(SECRET));
    }
}
