package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("promise-1")
@Tag("promise-2")
@DisplayName("What an answer or an argument shares with the caller is left alone")
class SharedAnswersTest {

    @TempDir
    Path folder;

    @AutoClose
    private final Bench bench = new Bench();

    private final AtomicInteger hooks = new AtomicInteger();
    private EntityClass orders;

    @BeforeEach
    void compile() {
        orders = new EntityClass(folder);
    }

    /** Every hook that is given values reads them, and is counted. */
    private Experiment<Object> nosy(Start start) {
        return bench.experiment(options -> options.start(start)
                .comparator((primary, candidate) -> {
                    hooks.incrementAndGet();
                    return primary.equals(candidate)
                            ? List.of()
                            : List.of(Difference.of("", Difference.Kind.CHANGED, 1, 2));
                })
                .cleaner(answer -> {
                    hooks.incrementAndGet();
                    return answer.toString();
                })
                .ignore(IgnoreRule.named("nosy").owner("tests").reason("reads").when((primary, candidate) -> {
                    hooks.incrementAndGet();
                    return primary.valueOrNull() != null
                            && primary.valueOrNull().equals(candidate.valueOrNull());
                })));
    }

    static List<Function<Object, Object>> answers() {
        return List.of(Function.identity(), List::of, Optional::of, order -> Map.of("a", order), Page::new);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anEntityIsUncomparedAndNobodyReadsIt(Function<Object, Object> answer) {
        Object returned = answer.apply(orders.newObject());
        int readBefore = orders.reads();
        Experiment<Object> experiment = nosy(Start.POLLED);

        Object given = experiment.run(() -> returned, () -> "an order");
        settle(experiment);

        assertThat(given).isSameAs(returned);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/session", 1L));
        assertThat(hooks).hasValue(0);
        assertThat(orders.reads()).isEqualTo(readBefore);
    }

    @ParameterizedTest
    @EnumSource
    void theTrialCarriesNoValueOnEitherSide(Start start) {
        Experiment<Object> experiment = nosy(start);

        experiment.run(() -> "an order", orders::newObject);
        settle(experiment);

        Trial<?> trial = bench.seen.only();
        assertThat(trial.primary().valueOrNull()).isNull();
        assertThat(trial.candidates().get(0).outcome().isReturned()).isTrue();
        assertThat(trial.candidates().get(0).outcome().valueOrNull()).isNull();
        assertThat(trial.candidates().get(0).reason()).isEqualTo(Verdict.Reason.SESSION);
    }

    @Test
    void aCandidateThatThrowsBesideAnEntityHasFailedAndNobodyReadsTheEntity() {
        Experiment<Object> experiment = nosy(Start.POLLED);

        experiment.run(orders::newObject, () -> {
            throw new IllegalStateException();
        });
        settle(experiment);

        Trial<?> trial = bench.seen.only();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 1L));
        assertThat(trial.primary().valueOrNull()).isNull();
        assertThat(trial.candidates().get(0).differences().get(0).primary()).isNull();
        assertThat(orders.reads()).isZero();
    }

    @Test
    void withASnapshotAnEntityIsComparedAsTheSnapshotShowsIt() {
        Experiment<Object> experiment = bench.experiment(
                options -> options.snapshot(EntityClass::idOf).comparator((primary, candidate) -> List.of()));

        experiment.run(orders::newObject, orders::newObject);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo("id");
    }

    @Test
    void aTranslationDoesNotReadAnEntity() {
        Experiment<Object> experiment = bench.experiment();

        experiment
                .call()
                .candidate("candidate", orders::newObject, EntityClass::idOf)
                .run(() -> "id");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/session", 1L));
        assertThat(orders.reads()).isZero();
    }

    @Test
    void aReplicateOfAnEntityIsNotReadEither() {
        Experiment<Object> experiment = bench.experiment(options -> options.replicateRate(1));

        experiment.run(orders::newObject, () -> "an order");
        settle(experiment);

        assertThat(bench.seen.only().replicate())
                .extracting(Trial.Candidate::reason)
                .isEqualTo(Verdict.Reason.SESSION);
        assertThat(orders.reads()).isZero();
    }

    @Test
    void whatAComparatorMeetsInsideIsNotShownToAnybody() {
        Experiment<Object> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
            throw Sharing.SESSION.refusal("the primary's answer at /order", Object.class);
        }));

        experiment.run(() -> "a", () -> "b");
        settle(experiment);

        Trial<?> trial = bench.seen.only();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/session", 1L));
        assertThat(trial.primary().valueOrNull()).isNull();
        assertThat(trial.candidates().get(0).outcome().valueOrNull()).isNull();
    }

    @Test
    void aLockIsNotTakenWhileTheCallerWorksWithItsAnswer() {
        List<String> answer = Collections.synchronizedList(new ArrayList<>(List.of("a")));
        Experiment<Object> experiment = nosy(Start.POLLED);

        experiment.run(() -> answer, () -> List.of("a"));
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
        assertThat(hooks).hasValue(0);
        assertThat(experiment.tally().hookFailures(Hook.COMPARATOR)).isEqualTo(1);
    }

    @Test
    void anIteratorKeepsItsPosition() {
        Iterator<String> answer = List.of("a", "b").iterator();
        Experiment<Iterator<String>> experiment =
                bench.experiment(options -> options.comparator((primary, candidate) -> {
                    primary.next();
                    return List.of();
                }));

        Iterator<String> given = experiment.run(() -> answer, () -> List.of("a").iterator());
        settle(experiment);

        assertThat(given).toIterable().containsExactly("a", "b");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
    }

    @Test
    void theFirstOfThemIsWarnedOfWithTheRemedy() {
        Experiment<Object> experiment = bench.experiment();
        List<String> warnings;

        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                experiment.run(orders::newObject, () -> "an order");
                settle(experiment);
            }
            warnings = log.warnings();
        }

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(
                        "experiment experiment: the primary's answer has a shop.Order, which may be loaded when it is"
                                + " read")
                .contains("answer with a DTO, or take a snapshot");
    }

    // ---- arguments ----

    static List<Function<Object, Object>> arguments() {
        return List.of(
                Function.identity(),
                order -> new Object[] {1, order},
                order -> new Object[] {1, List.of(order)},
                order -> List.of("a", order),
                Optional::of,
                Page::new,
                order -> List.of(1).iterator());
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void withAnArgumentThatIsTheCallersAloneNoCandidateIsStarted(Function<Object, Object> shape) {
        AtomicReference<Object> seen = new AtomicReference<>();
        AtomicInteger candidates = new AtomicInteger();
        Experiment<Object> experiment = bench.experiment(options -> options.replicateRate(1));
        Object argument = shape.apply(orders.newObject());

        experiment.run(
                argument,
                given -> {
                    seen.set(given);
                    return 1;
                },
                given -> candidates.incrementAndGet());
        experiment
                .call()
                .candidate(argument, given -> candidates.incrementAndGet())
                .run(() -> 1);
        settle(experiment);

        assertThat(seen).hasValue(argument);
        assertThat(candidates).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/unsafe", 2L));
    }

    @Test
    void withACopierForItTheCandidateIsStartedOnTheCopy() {
        Experiment<Object> experiment = bench.experiment(options ->
                options.argumentCopier(Iterator.class, any -> List.of(2).iterator()));

        experiment.run(List.of(1).iterator(), Iterator::next, given -> (int) given.next() - 1);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void anArgumentWithALockIsGivenToTheCandidate() {
        Experiment<Object> experiment = bench.experiment();

        experiment.run(Collections.synchronizedList(List.of(1)), list -> list.get(0), list -> list.get(0));
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void theFirstSuchArgumentIsWarnedOfWithTheRemedy() {
        Experiment<Object> experiment = bench.experiment();
        List<String> warnings;

        try (LogLines log = new LogLines()) {
            experiment.run(orders.newObject(), given -> 1, given -> 1);
            experiment.run(orders.newObject(), given -> 1, given -> 1);
            warnings = log.warnings();
        }

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("experiment experiment: an argument has a shop.Order, which may be loaded")
                .contains("add an argumentCopier for it");
    }

    private record Page<T>(List<T> content) {
        Page(T only) {
            this(List.of(only));
        }
    }
}
