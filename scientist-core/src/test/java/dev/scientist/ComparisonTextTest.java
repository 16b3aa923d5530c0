package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTextTest {

    @Test
    void answersAreComparedByEqualityUnlessSomethingElseIsSaid() {
        assertThat(comparison(options -> {})).isEqualTo("equality");
    }

    @Test
    void aComparatorThatSaysNothingIsItsClass() {
        assertThat(comparison(options -> options.comparator(new Lengths(2)))).isEqualTo(Lengths.class.getName());
    }

    @Test
    void aComparatorThatDescribesItselfIsWhatItSays() {
        ResultComparator<Object> described = new Lengths(2) {
            @Override
            public String description() {
                return "lengths, version 2";
            }
        };

        assertThat(comparison(options -> options.comparator(described))).isEqualTo("lengths, version 2");
    }

    @Test
    void aDescriptionThatSaysNothingIsRefused() {
        List<Consumer<ExperimentOptions.Builder<String>>> silent = List.of(
                options -> options.comparator(new Said(" ")),
                options -> options.comparator(new Said(null)),
                options -> options.errorComparator(new Said("")),
                options -> options.snapshot(new Documents() {
                    @Override
                    public String description() {
                        return "";
                    }
                }));

        assertThat(silent)
                .allSatisfy(options -> assertThatIllegalStateException()
                        .isThrownBy(() -> comparison(options))
                        .withMessageContaining("must say how it compares but was "));
    }

    @Test
    void lambdasAndProxiesAreNamedWithoutWhatDiffersFromStartToStart() {
        ResultComparator<Object> lambda = (primary, candidate) -> List.of();
        ResultComparator<Object> next = (primary, candidate) -> List.of();
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> null);

        assertThat(lambda.description()).isEqualTo(ComparisonTextTest.class.getName() + "$$Lambda");
        assertThat(next.description()).isEqualTo(lambda.description());
        assertThat(ResultComparator.nameOf(proxy)).isEqualTo("java.lang.Runnable");
    }

    @Test
    void hiddenClassesAndProxiesOfLibrariesAreNamedWithoutWhatDiffersFromStartToStart() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        byte[] code = Objects.requireNonNull(getClass().getResourceAsStream("ComparisonTextTest$Hidden.class"))
                .readAllBytes();
        Object hidden = lookup.findConstructor(
                        lookup.defineHiddenClass(code, false).lookupClass(), MethodType.methodType(void.class))
                .invoke();
        Object handle = MethodHandleProxies.asInterfaceInstance(
                Runnable.class, MethodHandles.empty(MethodType.methodType(void.class)));

        assertThat(ResultComparator.nameOf(hidden)).isEqualTo(Hidden.class.getName());
        assertThat(ResultComparator.nameOf(handle)).isEqualTo("java.lang.Runnable");
        assertThat(ResultComparator.nameOf(new Prices$ByteBuddy$x7Ab())).endsWith("Prices$ByteBuddy");
        assertThat(ResultComparator.nameOf(new Prices$MockitoMock$123())).endsWith("Prices$MockitoMock");
    }

    @Test
    void constantsOfOneEnumAreToldApart() {
        assertThat(ResultComparator.nameOf(RoundingMode.UP)).isEqualTo("java.math.RoundingMode.UP");
    }

    @Test
    void anIgnoreRuleThatHasExpiredIsMarked() {
        IgnoreRule<String> past = IgnoreRule.<String>named("a\", \"b")
                .owner("pricing")
                .reason("agreed")
                .expires(Instant.EPOCH)
                .when((primary, candidate) -> false);

        assertThat(comparison(options -> options.ignore(past)))
                .isEqualTo("equality, ignoring \"a\\\", \\\"b\" until 1970-01-01T00:00:00Z (expired)");
    }

    @Test
    void whetherAnIgnoreRuleHasExpiredIsAskedOfTheClockThatJudges() {
        Instant end = Instant.parse("2999-01-01T00:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(end.minusSeconds(1));
        IgnoreRule<String> rule = IgnoreRule.<String>named("rounding")
                .owner("pricing")
                .reason("agreed")
                .expires(end)
                .when((primary, candidate) -> false);
        ExperimentOptions<String> options =
                new ExperimentOptions.Builder<String>(now::get).ignore(rule).build();

        String before = options.comparison();
        now.set(end.plusSeconds(1));
        String after = options.comparison();

        assertThat(before).doesNotContain("(expired)");
        assertThat(after).isEqualTo(before + " (expired)");
    }

    @Test
    void everythingThatDecidesIsInIt() {
        IgnoreRule<String> rounding = IgnoreRule.<String>named("rounding")
                .owner("pricing")
                .reason("agreed")
                .when((primary, candidate) -> false);
        IgnoreRule<String> until = IgnoreRule.<String>named("rounding")
                .owner("pricing")
                .reason("agreed")
                .expires(Instant.EPOCH)
                .when((primary, candidate) -> false);
        List<Consumer<ExperimentOptions.Builder<String>>> all = List.of(
                options -> {},
                options -> options.comparator(new Lengths(1)),
                options -> options.errorComparator((primary, candidate) -> List.of()),
                options -> options.ignore(rounding),
                options -> options.ignore(until),
                options -> options.snapshot(UnaryOperator.<String>identity()),
                options -> options.snapshot(new Documents()));

        assertThat(all).extracting(ComparisonTextTest::comparison).doesNotHaveDuplicates();
        assertThat(comparison(all.get(4)))
                .isEqualTo("equality, ignoring \"rounding\" until 1970-01-01T00:00:00Z (expired)")
                .doesNotContain("pricing", "agreed");
    }

    @Test
    void whatDecidesNothingIsNotInIt() {
        String comparison = comparison(options -> options.sampleRate(0.5)
                .candidates("one", "two")
                .cleaner(answer -> answer)
                .replicateRate(0.1));

        assertThat(comparison).isEqualTo("equality");
    }

    @Test
    void aLongTextIsBoundedAndEndsInTheHashOfTheWhole() {
        Random random = new Random(12);
        Set<String> texts = new HashSet<>();
        Set<String> bounded = new HashSet<>();

        for (int i = 0; i < 2_000; i++) {
            String text = "\ud83d\ude00".repeat(random.nextInt(400)) + " rule " + i;
            texts.add(text);
            bounded.add(comparison(options -> options.comparator(new Said(text))));
        }

        assertThat(bounded).hasSameSizeAs(texts).allSatisfy(text -> {
            assertThat(text.length()).isLessThanOrEqualTo(250);
            assertThat(text.codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        });
    }

    private static String comparison(Consumer<ExperimentOptions.Builder<String>> options) {
        ExperimentOptions.Builder<String> builder = new ExperimentOptions.Builder<>(InstantSource.system());
        options.accept(builder);
        return builder.build().comparison();
    }

    static final class Hidden {}

    static final class Prices$ByteBuddy$x7Ab {}

    static final class Prices$MockitoMock$123 {}

    private static class Lengths implements ResultComparator<Object> {

        private final int tolerance;

        Lengths(int tolerance) {
            this.tolerance = tolerance;
        }

        @Override
        public List<Difference> compare(Object primary, Object candidate) {
            int distance = primary.toString().length() - candidate.toString().length();
            return Math.abs(distance) <= tolerance
                    ? List.of()
                    : List.of(Difference.of("", Difference.Kind.CHANGED, 1, 2));
        }
    }

    private record Said(@Nullable String said) implements ResultComparator<Object> {

        @Override
        public List<Difference> compare(Object primary, Object candidate) {
            return List.of();
        }

        @Override
        @SuppressWarnings("NullAway") // it returns null as code without null checks may
        public String description() {
            return said;
        }
    }

    private static class Documents implements SnapshotFormat {

        @Override
        public Object write(Object answer) {
            return answer;
        }

        @Override
        public Comparison compare(Object primary, Object candidate) {
            return new Comparison(
                    Objects.equals(primary, candidate)
                            ? List.of()
                            : List.of(Difference.of("", Difference.Kind.CHANGED, primary, candidate)),
                    0);
        }
    }
}
