package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bad input: an exception at once that names option, rule and value")
class BadInputTest {

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aBlankExperimentName(String name) {
        Scientist scientist = bench.scientist();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scientist.experiment(name))
                .withMessage("experiment name must not be blank but was \"" + name + "\"");
    }

    @Test
    void noExperimentNameAndNoOptions() {
        Scientist scientist = bench.scientist();

        assertThatNullPointerException()
                .isThrownBy(() -> scientist.experiment(null))
                .withMessage("experiment name");
        assertThatNullPointerException()
                .isThrownBy(() -> scientist.experiment("a", null))
                .withMessage("options");
    }

    @Test
    void anExperimentNameThatIsTaken() {
        Scientist scientist = bench.scientist();
        scientist.experiment("pricing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scientist.experiment("pricing"))
                .withMessageContainingAll("experiment name", "must be unique", "\"pricing\"");
    }

    @Test
    void aFailedDeclarationLeavesTheNameFree() {
        Scientist scientist = bench.scientist();
        Bench.attempt(() -> scientist.experiment("pricing", options -> options.sampleRate(2)));

        Experiment<String> experiment = scientist.experiment("pricing");

        assertThat(experiment.name()).isEqualTo("pricing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aRateOutsideZeroToOne(double rate) {
        ExperimentSettings settings = ExperimentSettings.DEFAULTS;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.sampleRate(rate)))
                .withMessage("sampleRate must be between 0 and 1 but was " + rate);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.sampleRate(rate))
                .withMessage("sampleRate must be between 0 and 1 but was " + rate);
    }

    /** A wrong argument, and its name in the message. */
    private record Wrong<V>(String name, V value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wrong<BiConsumer<ExperimentOptions.Builder<Object>, Duration>>> optionsThatTakeADuration() {
        return Stream.of(
                new Wrong<>("candidateTimeout", ExperimentOptions.Builder::candidateTimeout),
                new Wrong<>("comparisonTimeout", ExperimentOptions.Builder::comparisonTimeout));
    }

    private static final List<Duration> BAD_DURATIONS =
            List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofSeconds(Long.MAX_VALUE));

    private static String rule(Duration duration) {
        return " must be longer than zero and at most 36500 days but was " + duration;
    }

    @ParameterizedTest
    @MethodSource("optionsThatTakeADuration")
    void aDeadlineThatIsNotPositiveOrLongerThanAnyClock(
            Wrong<BiConsumer<ExperimentOptions.Builder<Object>, Duration>> option) {
        BiConsumer<ExperimentOptions.Builder<Object>, Duration> set = option.value();

        assertThat(BAD_DURATIONS)
                .allSatisfy(duration -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> bench.experiment(options -> set.accept(options, duration)))
                        .withMessage(option.name() + rule(duration)));
        assertThatNullPointerException()
                .isThrownBy(() -> bench.experiment(options -> set.accept(options, null)))
                .withMessage(option.name());
    }

    @Test
    void settingsKeepTheSameRules() {
        ExperimentSettings settings = ExperimentSettings.DEFAULTS;

        assertThat(BAD_DURATIONS).allSatisfy(duration -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.candidateTimeout(duration))
                    .withMessage("candidateTimeout" + rule(duration));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.comparisonTimeout(duration))
                    .withMessage("comparisonTimeout" + rule(duration));
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.maxConcurrent(0))
                .withMessage("maxConcurrent must be at least 1 but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.maxPerSecond(-5))
                .withMessage("maxPerSecond must be at least 1 but was -5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aLimitThatIsNotPositive(int limit) {
        Scientist.Builder builder = Scientist.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.maxConcurrent(limit)))
                .withMessage("maxConcurrent must be at least 1 but was " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.maxElements(limit)))
                .withMessage("maxElements must be at least 1 but was " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.maxPerSecond(limit)))
                .withMessage("maxPerSecond must be at least 1 but was " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxConcurrent(limit))
                .withMessage("maxConcurrent must be at least 1 but was " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.publisherBacklog(limit))
                .withMessage("publisherBacklog must be at least 1 but was " + limit);
    }

    @Test
    void aLimitOfTheScientistThatIsTooLargeOrNotPositive() {
        Scientist.Builder builder = Scientist.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxConcurrent(100_001))
                .withMessage("maxConcurrent must be at most 100000 but was 100001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.publisherBacklog(1_000_001))
                .withMessage("publisherBacklog must be at most 1000000 but was 1000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.closeTimeout(Duration.ZERO))
                .withMessage("closeTimeout" + rule(Duration.ZERO));
    }

    @Test
    void nothingWhereSomethingOfTheScientistIsNeeded() {
        Scientist.Builder builder = Scientist.builder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.publisher(null))
                .withMessage("publisher");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.contextCarrier(null))
                .withMessage("contextCarrier");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.defaults(null))
                .withMessage("defaults");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.customizer(null))
                .withMessage("customizer");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.closeTimeout(null))
                .withMessage("closeTimeout");
    }

    static Stream<Wrong<Consumer<ExperimentOptions.Builder<Object>>>> optionsWithoutAValue() {
        return Stream.of(
                new Wrong<>("sampler", options -> options.sampler(null)),
                new Wrong<>("runIf", options -> options.runIf(null)),
                new Wrong<>("beforeRun", options -> options.beforeRun(null)),
                new Wrong<>("start", options -> options.start(null)),
                new Wrong<>("snapshot", options -> options.snapshot((UnaryOperator<Object>) null)),
                new Wrong<>("snapshot", options -> options.snapshot((SnapshotFormat) null)),
                new Wrong<>("cleaner", options -> options.cleaner(null)),
                new Wrong<>("comparator", options -> options.comparator(null)),
                new Wrong<>("errorComparator", options -> options.errorComparator(null)),
                new Wrong<>("guard", options -> options.guard(null)),
                new Wrong<>("rule", options -> options.ignore(null)),
                new Wrong<>("type", options -> options.argumentCopier(null, UnaryOperator.identity())),
                new Wrong<>("copy", options -> options.argumentCopier(String.class, null)),
                new Wrong<>("candidate name", options -> options.candidates("a", null)));
    }

    @ParameterizedTest
    @MethodSource("optionsWithoutAValue")
    void nothingWhereAnOptionIsNeeded(Wrong<Consumer<ExperimentOptions.Builder<Object>>> option) {
        assertThatNullPointerException()
                .isThrownBy(
                        () -> bench.<Object>experiment(options -> option.value().accept(options)))
                .withMessage(option.name());
    }

    static Stream<Wrong<Consumer<ExperimentOptions.Builder<Object>>>> contradictions() {
        return Stream.of(
                new Wrong<>("enabled", options -> options.enabled(true).enabled(false)),
                new Wrong<>("sampleRate", options -> options.sampleRate(0.1).sampleRate(0.2)),
                new Wrong<>("maxPerSecond", options -> options.maxPerSecond(1).maxPerSecond(2)),
                new Wrong<>("maxElements", options -> options.maxElements(1).maxElements(2)),
                new Wrong<>("maxConcurrent", options -> options.maxConcurrent(1).maxConcurrent(2)),
                new Wrong<>(
                        "candidateTimeout",
                        options ->
                                options.candidateTimeout(Duration.ofMillis(1)).candidateTimeout(Duration.ofMillis(2))),
                new Wrong<>(
                        "comparisonTimeout",
                        options -> options.comparisonTimeout(Duration.ofMillis(1))
                                .comparisonTimeout(Duration.ofMillis(2))),
                new Wrong<>("start", options -> options.start(Start.POLLED).start(Start.IMMEDIATE)),
                new Wrong<>("candidates", options -> options.candidates("a").candidates("b")),
                new Wrong<>(
                        "sampler", options -> options.sampler((k, a) -> true).sampler((k, a) -> false)),
                new Wrong<>("runIf", options -> options.runIf(a -> true).runIf(a -> false)),
                new Wrong<>("beforeRun", options -> options.beforeRun(a -> {}).beforeRun(a -> {})),
                new Wrong<>("snapshot", options -> options.snapshot(v -> v).snapshot(v -> v)),
                new Wrong<>("cleaner", options -> options.cleaner(v -> v).cleaner(v -> v)),
                new Wrong<>(
                        "comparator",
                        options -> options.comparator((p, c) -> List.of()).comparator((p, c) -> List.of())),
                new Wrong<>(
                        "errorComparator",
                        options -> options.errorComparator((p, c) -> List.of()).errorComparator((p, c) -> List.of())),
                new Wrong<>(
                        "argumentCopier for java.lang.String",
                        options -> options.argumentCopier(String.class, text -> text)
                                .argumentCopier(String.class, text -> text)));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void anOptionSetTwiceInContradiction(Wrong<Consumer<ExperimentOptions.Builder<Object>>> contradiction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.<Object>experiment(
                        options -> contradiction.value().accept(options)))
                .withMessageStartingWith(contradiction.name() + " was set to ")
                .withMessageContaining(" and then to ");
    }

    @Test
    void aContradictionNamesBothValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        bench.experiment(options -> options.sampleRate(0.1).sampleRate(0.2)))
                .withMessage("sampleRate was set to 0.1 and then to 0.2; set it once, or leave one of the two out");
    }

    @Test
    void anOptionSetTwiceToTheSameIsNoContradiction() {
        Experiment<String> experiment = bench.experiment(options ->
                options.sampleRate(0.1).sampleRate(0.1).candidates("a").candidates("a"));

        assertThat(experiment.settings().sampleRate()).isEqualTo(0.1);
    }

    @Test
    void aLaterLayerReplacesWhatAnEarlierOneSaid() {
        Scientist scientist = bench.use(bench.builder()
                .defaults(options -> options.sampleRate(0.1).maxConcurrent(11).candidateTimeout(Duration.ofMillis(1)))
                .customizer((name, options) -> {
                    if (name.equals("pricing")) {
                        options.maxConcurrent(33);
                    }
                }));

        Experiment<String> pricing = scientist.experiment(
                "pricing", options -> options.sampleRate(0.2).maxConcurrent(22));
        Experiment<String> other = scientist.experiment("other");

        assertThat(pricing.settings().sampleRate()).isEqualTo(0.2);
        assertThat(pricing.settings().maxConcurrent()).isEqualTo(33);
        assertThat(pricing.settings().candidateTimeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(other.settings().sampleRate()).isEqualTo(0.1);
        assertThat(other.settings().maxConcurrent()).isEqualTo(11);
    }

    @Test
    void aLaterLayerSeesTheComparatorThatEarlierOnesChose() {
        ResultComparator<Object> shared = (primary, candidate) -> List.of();
        ResultComparator<Object> own = (primary, candidate) -> List.of();
        List<ResultComparator<?>> seen = new ArrayList<>();
        Scientist scientist = bench.use(bench.builder()
                .defaults(options -> seen.add(options.comparator()))
                .defaults(options -> options.comparator(shared))
                .customizer((name, options) -> seen.add(options.comparator())));

        scientist.experiment("pricing");
        scientist.experiment("orders", options -> options.comparator(own));

        assertThat(seen).containsExactly(ResultComparator.equality(), shared, ResultComparator.equality(), own);
    }

    @Test
    void ofSeveralDefaultsTheLastWins() {
        bench.use(bench.builder()
                .defaults(options -> options.sampleRate(0.1).maxConcurrent(11))
                .defaults(options -> options.sampleRate(0.2)));

        Experiment<String> experiment = bench.experiment();

        assertThat(experiment.settings().sampleRate()).isEqualTo(0.2);
        assertThat(experiment.settings().maxConcurrent()).isEqualTo(11);
    }

    @Test
    @SuppressWarnings("unchecked") // the only experiment is one of Object
    void aRuleOfALaterLayerTakesThePlaceOfTheOneOfItsName() {
        Scientist scientist = bench.use(bench.builder().customizer((name, options) -> {
            ((ExperimentOptions.Builder<Object>) options).ignore(rule("b", true));
        }));
        Experiment<Object> experiment = scientist.experiment(
                "experiment", options -> options.ignore(rule("a", false)).ignore(rule("b", false)));

        experiment.run(() -> "a", () -> "b");
        Bench.settle(experiment);

        assertThat(experiment.tally().ignoreRules()).containsExactly("a", "b");
        assertThat(experiment.tally().ignored("b")).isEqualTo(1);
    }

    @Test
    void candidateNamesThatAreBlankTakenOrThePrimarys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.candidates("a", " ")))
                .withMessage("candidate name must not be blank but was \" \"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.candidates("a", "b", "a")))
                .withMessageContainingAll("candidate names", "must be unique", "\"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.candidates("primary")))
                .withMessageContainingAll("candidate name", "must not be", "\"primary\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(ExperimentOptions.Builder::candidates))
                .withMessageContainingAll("candidates", "at least one", "none");
    }

    private static IgnoreRule<Object> rule(String name) {
        return rule(name, true);
    }

    private static IgnoreRule<Object> rule(String name, boolean accepts) {
        return IgnoreRule.named(name).owner("team").reason("known").when((p, c) -> accepts);
    }

    @Test
    void anIgnoreRuleWithoutNameOwnerOrReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoreRule.named(" "))
                .withMessage("ignore rule name must not be blank but was \" \"");
        assertThatNullPointerException()
                .isThrownBy(() -> IgnoreRule.named(null))
                .withMessage("ignore rule name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoreRule.named("a").reason("known").when((p, c) -> true))
                .withMessageContainingAll("ignore rule 'a'", "no owner");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoreRule.named("a").owner("team").when((p, c) -> true))
                .withMessageContainingAll("ignore rule 'a'", "no reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoreRule.named("a").owner(""))
                .withMessage("owner must not be blank but was \"\"");
        assertThatNullPointerException()
                .isThrownBy(() ->
                        IgnoreRule.named("a").owner("team").reason("known").when(null))
                .withMessage("condition");
        assertThatNullPointerException()
                .isThrownBy(() -> IgnoreRule.named("a").expires(null))
                .withMessage("expires");
    }

    @Test
    void twoIgnoreRulesOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        bench.experiment(options -> options.ignore(rule("a")).ignore(rule("a"))))
                .withMessageContainingAll("ignore rule names", "must be unique", "\"a\"");
    }

    static Stream<Wrong<Function<Experiment<String>, ThrowingCallable>>> callsThatLackSomething() {
        return Stream.of(
                new Wrong<>("translation", e -> () -> e.call().candidate("candidate", () -> 1, null)),
                new Wrong<>("name", e -> () -> e.call().candidate(null, () -> "a")),
                new Wrong<>("change", e -> () -> e.change(null)),
                new Wrong<>("changed settings", e -> () -> e.change(settings -> null)));
    }

    @ParameterizedTest
    @MethodSource("callsThatLackSomething")
    void nothingWhereACallNeedsSomething(Wrong<Function<Experiment<String>, ThrowingCallable>> call) {
        Experiment<String> experiment = bench.experiment();

        assertThatNullPointerException()
                .isThrownBy(call.value().apply(experiment))
                .withMessage(call.name());
        assertThat(experiment.tally().calls("candidate")).isZero();
    }

    static Stream<Wrong<Function<Experiment<String>, ThrowingCallable>>> callsWithoutASide() {
        return Stream.of(
                new Wrong<>("primary", e -> () -> e.run(null, () -> "a")),
                new Wrong<>("candidate", e -> () -> e.run(() -> "a", null)),
                new Wrong<>("primary", e -> () -> e.run("argument", null, argument -> "a")),
                new Wrong<>("candidate", e -> () -> e.run("argument", argument -> "a", null)),
                new Wrong<>("primary", e -> () -> e.runUnchecked(null, () -> "a")),
                new Wrong<>("candidate", e -> () -> e.runUnchecked(() -> "a", null)),
                new Wrong<>("primary", e -> () -> e.runAsync(null, CompletableFuture::new)),
                new Wrong<>("candidate", e -> () -> e.runAsync(CompletableFuture::new, null)),
                new Wrong<>("primary", e -> () -> e.call().run(null)),
                new Wrong<>("primary", e -> () -> e.call().runAsync(null)),
                new Wrong<>("candidate", e -> () -> e.call().candidate(null)),
                new Wrong<>(
                        "candidate", e -> () -> e.call().candidate("argument", (Operation<String, String, ?>) null)),
                new Wrong<>(
                        "candidate",
                        e -> () -> e.call()
                                .asyncCandidate((Implementation<CompletableFuture<String>, RuntimeException>) null)),
                new Wrong<>(
                        "candidate",
                        e -> () -> e.call()
                                .asyncCandidate("argument", (Operation<String, CompletableFuture<String>, ?>) null)),
                new Wrong<>(
                        "candidate",
                        e -> () -> e.call()
                                .asyncCandidate("candidate", (Implementation<CompletableFuture<String>, ?>) null)));
    }

    /** The message names the experiment, because a stack trace shows only a line, on which there may be many calls. */
    @ParameterizedTest
    @MethodSource("callsWithoutASide")
    void aSideThatIsMissingIsNamedWithItsExperiment(Wrong<Function<Experiment<String>, ThrowingCallable>> call) {
        Experiment<String> experiment = bench.experiment();

        assertThatNullPointerException()
                .isThrownBy(call.value().apply(experiment))
                .withMessage(call.name() + " of experiment \"experiment\" must not be null");
        assertThat(experiment.tally().calls("candidate")).isZero();
    }

    /** Keys and attributes come with the traffic, which must not fail the call. */
    @Test
    void aKeyOrAttributeThatIsNullIsLeftOut() {
        Experiment<String> experiment = bench.experiment();

        String value = experiment
                .call()
                .key(null)
                .attribute("a", null)
                .attribute("b", 1)
                .candidate(() -> "a")
                .run(() -> "a");
        Bench.settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("b", 1));
    }

    @Test
    void aCallThatHasRunAlready() {
        Experiment<String> experiment = bench.experiment();
        Experiment.Call<String> call = experiment.call().candidate(() -> "a");

        call.run(() -> "a");

        assertThatIllegalStateException().isThrownBy(() -> call.run(() -> "a"));
        assertThatIllegalStateException().isThrownBy(() -> call.attribute("a", 1));
        assertThat(experiment.tally().calls("candidate")).isLessThanOrEqualTo(1);
    }

    @Test
    void aCandidateThatIsUnknownOrOfferedTwice() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("left", "right"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> experiment.call().candidate("middle", () -> "a"))
                .withMessageContainingAll("experiment", "\"middle\"", "[left, right]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> experiment.call().candidate("left", () -> "a").candidate("left", () -> "a"))
                .withMessageContainingAll("\"left\"", "twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> experiment.tally().calls("middle"))
                .withMessageContainingAll("\"middle\"", "[left, right]");
    }

    @Test
    void oneCandidateWhereTheExperimentHasSeveral() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("left", "right"));

        assertThatIllegalStateException()
                .isThrownBy(() -> experiment.run(() -> "a", () -> "a"))
                .withMessageContainingAll("experiment", "[left, right]", "by name");
        assertThatIllegalStateException()
                .isThrownBy(() -> experiment.run("argument", argument -> "a", argument -> "a"))
                .withMessageContainingAll("experiment", "[left, right]", "by name");
        assertThatIllegalStateException()
                .isThrownBy(() -> experiment.runAsync(CompletableFuture<String>::new, CompletableFuture::new))
                .withMessageContainingAll("experiment", "[left, right]", "by name");
        assertThatIllegalStateException()
                .isThrownBy(() -> experiment.call().candidate(() -> "a"))
                .withMessageContainingAll("experiment", "[left, right]", "by name");
    }

    @Test
    void theMarkOfAShadowNeedsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shadow.enter(" "))
                .withMessage("experiment must not be blank but was \" \"");
        assertThatNullPointerException().isThrownBy(() -> Shadow.enter(null)).withMessage("experiment");
        assertThat(Shadow.isActive()).isFalse();
    }

    @Test
    void virtualThreadsBeforeJavaHasThem() {
        Scientist.Builder builder = Scientist.builder();

        if (Runtime.version().feature() < 21) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.virtualThreads(true))
                    .withMessageContainingAll(
                            "virtualThreads", "21", "Java " + Runtime.version().feature());
        } else {
            assertThat(builder.virtualThreads(true)).isSameAs(builder);
        }
    }
}
