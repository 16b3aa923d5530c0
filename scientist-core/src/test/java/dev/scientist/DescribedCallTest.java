package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A described call asks only for what is needed")
class DescribedCallTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final Asked<String> key = new Asked<>("k");
    private final Asked<Map<String, Integer>> attributes = new Asked<>(Map.of("a", 1));

    /** A supplier that counts its calls, and keeps the thread of the last one. */
    private static final class Asked<V> implements Supplier<V> {
        private final AtomicInteger times = new AtomicInteger();
        private final AtomicReference<Thread> thread = new AtomicReference<>();
        private final V answer;

        Asked(V answer) {
            this.answer = answer;
        }

        @Override
        public V get() {
            times.incrementAndGet();
            thread.set(Thread.currentThread());
            return answer;
        }
    }

    private static <V> V raise(String what, V never) {
        Bench.sneak(new IllegalStateException(what));
        return never;
    }

    private String run(Experiment<String> experiment) {
        return experiment
                .call()
                .keyFrom(key)
                .attributesFrom(attributes)
                .candidate(() -> "a")
                .run(() -> "a");
    }

    static Stream<Arguments> refusals() {
        Consumer<ExperimentOptions.Builder<String>> disabled = options -> options.enabled(false);
        Consumer<ExperimentOptions.Builder<String>> rate = options -> options.sampleRate(0);
        Consumer<ExperimentOptions.Builder<String>> guard =
                options -> options.guard(new TestGuard().refusing(() -> Verdict.Reason.CIRCUIT_OPEN));
        return Stream.of(
                Arguments.of("skipped/disabled", disabled),
                Arguments.of("skipped/not_sampled", rate),
                Arguments.of("skipped/circuit_open", guard));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    @Tag("case-16")
    void aCallThatIsRefusedIsAskedForNothing(
            String verdict, Consumer<ExperimentOptions.Builder<String>> configuration) {
        Experiment<String> experiment = bench.experiment(configuration);

        String value = run(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(key.times).hasValue(0);
        assertThat(attributes.times).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of(verdict, 1L));
    }

    /** The rate comes before the sampler and the condition. */
    @Test
    @Tag("case-16")
    void aRateOfZeroIsAskedBeforeSamplerAndCondition() {
        Experiment<String> experiment = bench.experiment(
                options -> options.sampleRate(0).sampler((k, a) -> true).runIf(a -> true));

        run(experiment);

        assertThat(key.times).hasValue(0);
        assertThat(attributes.times).hasValue(0);
    }

    @Test
    void aCallWithoutAPermitIsNotAskedForAttributes() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1));
        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            return "a";
        });

        run(experiment);

        assertThat(attributes.times).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 1L));
    }

    @Test
    void aKeyThatIsNotInTheSampleNeedsNoAttributes() {
        Experiment<String> experiment = bench.experiment(options ->
                options.sampleByKey().sampleRate(0).sampler((k, a) -> true).runIf(a -> true));

        run(experiment);

        assertThat(key.times).hasValue(1);
        assertThat(attributes.times).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
    }

    @Test
    void aKeyThatNobodyLooksAtIsNotAskedFor() {
        Experiment<String> experiment = bench.experiment(options -> options.runIf(a -> true));

        run(experiment);
        settle(experiment);

        assertThat(key.times).hasValue(0);
        assertThat(attributes.times).hasValue(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNeededIsAskedForOnceOnTheCallersThread(Start start) {
        List<Object> seen = new ArrayList<>();
        Experiment<String> experiment = bench.experiment(options -> options.start(start)
                .sampleByKey()
                .sampler((k, a) -> seen.add(k) && seen.add(a))
                .runIf(seen::add));

        run(experiment);
        settle(experiment);

        assertThat(seen).containsExactly("k", Map.of("a", 1), Map.of("a", 1));
        assertThat(List.of(key, attributes))
                .allMatch(asked -> asked.times.get() == 1 && asked.thread.get() == Thread.currentThread());
        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aSupplierOfTheKeyMaySayThatThereIsNone() {
        Experiment<String> experiment = bench.experiment(ExperimentOptions.Builder::sampleByKey);

        experiment.call().keyFrom(() -> null).candidate(() -> "a").run(() -> "a");

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
        assertThat(experiment.tally().hookFailures(Hook.SAMPLER)).isZero();
    }

    @Test
    void theLastOfTwoKeysCounts() {
        List<Object> seen = new ArrayList<>();
        Experiment<String> experiment = bench.experiment(options -> options.sampler((k, a) -> !seen.add(k)));

        experiment
                .call()
                .keyFrom(() -> "first")
                .key("last")
                .candidate(() -> "a")
                .run(() -> "a");
        experiment
                .call()
                .key("first")
                .keyFrom(() -> "last")
                .candidate(() -> "a")
                .run(() -> "a");

        assertThat(seen).containsExactly("last", "last");
    }

    @Test
    void anAttributeSetByNameWinsAndNullIsLeftOut() {
        Map<String, Object> supplied = new HashMap<>();
        supplied.put("a", "supplied");
        supplied.put("b", "supplied");
        supplied.put("c", null);
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

        experiment
                .call()
                .attribute("a", "by name")
                .attributesFrom(() -> supplied)
                .attribute("d", "by name")
                .candidate(() -> "a")
                .run(() -> "a");

        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("a", "by name", "b", "supplied", "d", "by name"));
    }

    @Test
    void whatTheSupplierDoesWithItsMapLaterChangesNothing() {
        Map<String, Object> supplied = new HashMap<>(Map.of("a", 1));
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

        experiment.call().attributesFrom(() -> supplied).candidate(() -> "a").run(() -> {
            supplied.put("a", 2);
            return "a";
        });

        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("a", 1));
    }

    @Nested
    @Tag("promise-8")
    @DisplayName("Promise 8: gates fail closed: a supplier that throws means not run")
    class SuppliersThatFail {

        @Test
        void aKeyThatCannotBeToldIsNotSampled() {
            Experiment<String> experiment = bench.experiment(ExperimentOptions.Builder::sampleByKey);

            String value = experiment
                    .call()
                    .keyFrom(() -> raise("key", "never"))
                    .candidate(() -> "a")
                    .run(() -> "a");

            assertThat(value).isEqualTo("a");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(experiment.tally().hookFailures(Hook.SAMPLER)).isEqualTo(1);
        }

        static Stream<Consumer<ExperimentOptions.Builder<String>>> placesWhereAttributesAreNeeded() {
            return Stream.of(
                    options -> {}, options -> options.sampler((k, a) -> true), options -> options.runIf(a -> true));
        }

        static Stream<Supplier<Map<String, ?>>> attributesThatCannotBeTold() {
            return Stream.of(() -> raise("attributes", Map.of()), () -> null, () -> Map.of(" ", 1), () -> {
                Map<String, Object> withoutName = new HashMap<>();
                withoutName.put(null, 1);
                return withoutName;
            });
        }

        static Stream<Arguments> failures() {
            return placesWhereAttributesAreNeeded()
                    .flatMap(place -> attributesThatCannotBeTold().map(supplier -> Arguments.of(place, supplier)));
        }

        @ParameterizedTest
        @MethodSource("failures")
        void attributesThatCannotBeToldAreNotSampledAndGivePermitsBack(
                Consumer<ExperimentOptions.Builder<String>> place, Supplier<Map<String, ?>> supplier) {
            Experiment<String> experiment = bench.experiment(place);

            String value = experiment
                    .call()
                    .attributesFrom(supplier)
                    .candidate(() -> "a")
                    .run(() -> "a");

            assertThat(value).isEqualTo("a");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(experiment.tally().hookFailures(Hook.ATTRIBUTES)).isEqualTo(1);
            assertThat(experiment.tally().inFlight()).isZero();
        }

        static Stream<UnaryOperator<Experiment.Call<String>>> wrongAttributes() {
            return Stream.of(
                    call -> call.attribute(" ", 1),
                    call -> call.attribute(null, 1),
                    call -> call.attribute("a", 1).attribute("a", 1),
                    call -> call.attribute("a", 1).attribute("a", 2).attributesFrom(Map::of),
                    call -> call.attributesFrom(Map::of).attribute("", 1),
                    call -> call.attributesFrom(null),
                    call -> call.attributesFrom(Map::of).attributesFrom(Map::of));
        }

        static Stream<Arguments> wrongCalls() {
            return placesWhereAttributesAreNeeded()
                    .flatMap(place -> wrongAttributes().map(wrong -> Arguments.of(place, wrong)));
        }

        @ParameterizedTest
        @MethodSource("wrongCalls")
        void attributesThatAreDescribedWronglyFailTheGateAndNoCaller(
                Consumer<ExperimentOptions.Builder<String>> place, UnaryOperator<Experiment.Call<String>> wrong) {
            Experiment<String> experiment = bench.experiment(place);

            String value = wrong.apply(experiment.call()).candidate(() -> "a").run(() -> "a");

            assertThat(value).isEqualTo("a");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(experiment.tally().hookFailures(Hook.ATTRIBUTES)).isEqualTo(1);
            assertThat(experiment.tally().inFlight()).isZero();
        }

        @Test
        void wrongAttributesAreReportedOnceFromTheirLineAndWithoutTheirNames() {
            Experiment<String> experiment = bench.experiment();
            List<String> warnings;

            try (LogLines log = new LogLines()) {
                for (int i = 0; i < 3; i++) {
                    experiment
                            .call()
                            .attribute("card 4111", 1)
                            .attribute("card 4111", 2)
                            .candidate(() -> "a")
                            .run(() -> "a");
                }
                warnings = log.warnings();
            }

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("experiment experiment: attributes failed with java.lang.IllegalArgumentException at [")
                    .contains("wrongAttributesAreReportedOnceFromTheirLine")
                    .doesNotContain("4111");
        }

        @Test
        void aKeyWithoutASupplierIsNotSampledWhereOneIsAsked() {
            Experiment<String> byKey = bench.experiment(ExperimentOptions.Builder::sampleByKey);
            Experiment<String> byChance = bench.scientist().experiment("by chance");

            String keyed = byKey.call().keyFrom(null).candidate(() -> "a").run(() -> "a");
            String other = byChance.call().keyFrom(null).candidate(() -> "a").run(() -> "a");
            settle(byChance);

            assertThat(List.of(keyed, other)).containsOnly("a");
            assertThat(verdicts(byKey)).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(byKey.tally().hookFailures(Hook.SAMPLER)).isEqualTo(1);
            assertThat(verdicts(byChance)).isEqualTo(Map.of("matched", 1L));
        }

        @Test
        void eachOfSeveralCandidatesIsCountedAndGivesItsPermitBack() {
            Experiment<String> experiment = bench.experiment(
                    options -> options.candidates("a", "b", "c").maxConcurrent(2));

            experiment
                    .call()
                    .attributesFrom(() -> raise("attributes", Map.of()))
                    .candidate("a", () -> "a")
                    .candidate("b", () -> "a")
                    .candidate("c", () -> "a")
                    .run(() -> "a");

            assertThat(verdicts(experiment, "a")).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(verdicts(experiment, "b")).isEqualTo(Map.of("skipped/not_sampled", 1L));
            assertThat(verdicts(experiment, "c")).isEqualTo(Map.of("skipped/saturated", 1L));
            assertThat(experiment.tally().inFlight()).isZero();
        }
    }

    @Nested
    @DisplayName("The argument of a candidate")
    class Argument {

        private final AtomicInteger copies = new AtomicInteger();

        private static List<?> copyOf(List<?> list) {
            return new ArrayList<>(list);
        }

        private Experiment<String> copying(Consumer<ExperimentOptions.Builder<String>> further) {
            return bench.experiment(options -> {
                options.argumentCopier(List.class, list -> {
                    copies.incrementAndGet();
                    return copyOf(list);
                });
                further.accept(options);
            });
        }

        @ParameterizedTest
        @EnumSource
        @Tag("promise-9")
        void isCopiedBeforeThePrimaryRuns(Start start) {
            List<Integer> argument = new ArrayList<>(List.of(1));
            Experiment<String> experiment = copying(options -> options.start(start));

            String value = experiment.call().candidate(argument, List::toString).run(() -> {
                argument.add(2);
                return "[1]";
            });
            settle(experiment);

            assertThat(value).isEqualTo("[1]");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        }

        @Test
        @Tag("promise-9")
        void ofAnAsynchronousCandidateIsCopiedToo() {
            List<Integer> argument = new ArrayList<>(List.of(1));
            Experiment<String> experiment = copying(options -> {});

            experiment
                    .call()
                    .asyncCandidate(argument, list -> CompletableFuture.completedFuture(list.toString()))
                    .runAsync(() -> {
                        argument.add(2);
                        return CompletableFuture.completedFuture("[1]");
                    });
            settle(experiment);

            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        }

        @Test
        void isNotTouchedByACallThatIsNotAdmitted() {
            Experiment<String> experiment = copying(options -> options.runIf(a -> false));

            experiment.call().candidate(List.of(), List::toString).run(() -> "[]");

            assertThat(copies).hasValue(0);
        }

        @Test
        void thatCannotBeCopiedMeansNotRunAndGivesThePermitBack() {
            Experiment<String> experiment =
                    bench.experiment(options -> options.argumentCopier(String.class, text -> raise("copier", "never")));

            String value = experiment.call().candidate("x", text -> text).run(() -> "a");

            assertThat(value).isEqualTo("a");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/unsafe", 1L));
            assertThat(experiment.tally().hookFailures(Hook.ARGUMENT_COPIER)).isEqualTo(1);
            assertThat(experiment.tally().inFlight()).isZero();
        }

        @Test
        void needsAnExperimentWithOneCandidate() {
            Experiment<String> experiment = bench.experiment(options -> options.candidates("left", "right"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> experiment.call().candidate("x", text -> text))
                    .withMessageContainingAll("experiment", "[left, right]", "by name");
            assertThatIllegalStateException()
                    .isThrownBy(() -> experiment.call().asyncCandidate(CompletableFuture::new))
                    .withMessageContainingAll("experiment", "[left, right]", "by name");
        }

        @Test
        void thatIsAnArrayOfObjectsIsAListOfArguments() {
            List<Integer> element = new ArrayList<>(List.of(1));
            Object[] argument = {element, "text", null, new Object[] {element}};
            AtomicReference<Object[]> seen = new AtomicReference<>();
            Experiment<String> experiment = copying(options -> options.start(Start.SAME_THREAD));

            experiment.run(argument, all -> "a", all -> {
                seen.set(all);
                return "a";
            });

            assertThat(seen.get()).isNotSameAs(argument).isEqualTo(argument);
            assertThat(seen.get()[0]).isNotSameAs(element);
            assertThat(((Object[]) seen.get()[3])[0]).isNotSameAs(element);
            assertThat(argument[0]).isSameAs(element);
        }

        @Test
        @Tag("promise-9")
        void thatIsAnArrayOfObjectsIsAnArrayOfTheCandidatesOwnAlsoWithoutCopiers() {
            Object[] argument = {"primary"};
            Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

            experiment.run(argument, all -> "a", all -> {
                all[0] = "candidate";
                return "a";
            });

            assertThat(argument).containsExactly("primary");
        }

        @Test
        void anExplicitCopierForArraysOfObjectsWins() {
            Object[] argument = {new ArrayList<>(List.of(1))};
            AtomicReference<Object[]> seen = new AtomicReference<>();
            Experiment<String> experiment =
                    copying(options -> options.start(Start.SAME_THREAD).argumentCopier(Object[].class, all -> {
                        return Arrays.copyOf(all, 2);
                    }));

            experiment.run(argument, all -> "a", all -> {
                seen.set(all);
                return "a";
            });

            assertThat(seen.get()).containsExactly(argument[0], null);
            assertThat(copies).hasValue(0);
        }

        /** Any argument that is not exactly an {@code Object[]} is one argument. */
        @Test
        void anArrayOfAnotherTypeIsOneArgument() {
            String[] argument = {"a"};
            AtomicReference<Object> seen = new AtomicReference<>();
            Experiment<String> experiment = copying(options -> options.start(Start.SAME_THREAD));

            experiment.run(argument, all -> "a", all -> {
                seen.set(all);
                return "a";
            });

            assertThat(seen.get()).isSameAs(argument);
        }
    }
}
