package dev.scientist.comparators;

import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.OverBudgetException;
import dev.scientist.Scientist;
import dev.scientist.UncomparableException;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever the answers are, there is a verdict or an exception that says why there is none; and never an error. */
@Tag("case-27")
class ObjectLimitTest {

    static final class Node {
        private final int value;
        private @Nullable Node next;

        Node(int value, @Nullable Node next) {
            this.value = value;
            this.next = next;
        }

        int value() {
            return value;
        }

        void next(@Nullable Node other) {
            next = other;
        }

        @Nullable
        Node next() {
            return next;
        }
    }

    record Part(String name, Object whole) {}

    record Whole(List<Object> parts) {}

    record Failing(int value) {
        @Override
        public int value() {
            throw new IllegalStateException("a value: " + value);
        }
    }

    record Broken(int value) {
        @Override
        public int value() {
            throw new AssertionError(value);
        }
    }

    record Endless(int value) {
        @Override
        public int value() {
            return IntStream.of(1).map(ignored -> value()).sum();
        }
    }

    static final class Quote$$Proxy {
        private final int value;

        Quote$$Proxy(int value) {
            this.value = value;
        }

        int value() {
            return value;
        }
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void equalCyclesAreEqual() {
        assertThat(objects().compare(cycle(3, 0), cycle(3, 0))).isEmpty();
        assertThat(objects().compareRead(cycle(3, 0), cycle(3, 0))).isEmpty();
        assertThat(objects().compare(whole("a", "b"), whole("a", "b"))).isEmpty();
        assertThat(objects().rules(Rule.at("/**").within("0.1")).compare(cycle(2, 0), cycle(6, 0)))
                .isEmpty();
    }

    @Test
    void aDifferenceInACycleIsReportedOnce() {
        assertThat(objects().compare(whole("a", "b"), whole("a", "c")))
                .extracting(Difference::path)
                .containsExactly("/parts/1/name");
        assertThat(objects().compare(cycle(3, 0), cycle(3, 1)))
                .extracting(Difference::path)
                .containsExactly("/next/next/value");
        assertThat(objects().rules(Rule.at("/parts").anyOrder()).compare(whole("a", "b"), whole("b", "a")))
                .isEmpty();
    }

    @Test
    void anObjectInsideItselfIsShownAsTheNumberOfLevels() {
        List<Difference> differences = objects().compare(cycle(1, 0), new Node(0, null));

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.path()).isEqualTo("/next");
            assertThat(difference.primary()).isEqualTo(Map.of("levels up", BigDecimal.ONE));
        });
    }

    @Test
    void collectionsThatHoldThemselvesAreCompared() {
        assertThat(objects().compare(selfish(1), selfish(1))).isEmpty();
        assertThat(objects().compare(selfish(1), selfish(2)))
                .extracting(Difference::path)
                .containsExactly("/1");
        assertThatThrownBy(() -> objects().compare(reference(1), reference(2)))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("wraps itself");
    }

    @Test
    @Tag("case-45")
    void aLongListOfNodesEndsInAnAnswerOrOverBudget() {
        Node list = list(10_000, 0);
        Node same = list(10_000, 0);
        Node other = list(10_000, 1);

        assertThat(objects().compare(list, same)).isEmpty();
        assertThat(objects().ignoring("/**/value").compare(list, other)).isEmpty();
        assertThatThrownBy(() -> objects().compare(list, other))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the primary's answer is nested deeper than 250 levels");
    }

    @Test
    void whatIsSharedManyTimesIsEqualAtOnceOrOverBudget() {
        assertThat(objects().compare(diamond(60, 0), diamond(60, 0))).isEmpty();
        assertThatThrownBy(() -> objects().compare(diamond(60, 0), diamond(60, 1)))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the primary's answer has more than 1000000 values");
    }

    @ParameterizedTest
    @MethodSource("incomparable")
    void whatFailsIsUncomparedAndItsMessageHoldsNoValue(Object primary, Object candidate, String message) {
        assertThatThrownBy(() -> objects().compare(List.of(primary), List.of(candidate)))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining(message)
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("4711");
    }

    static Stream<Object[]> incomparable() {
        return Stream.of(
                new Object[] {new Failing(4711), new Failing(4711), "accessor of value in " + Failing.class.getName()},
                new Object[] {new Broken(4711), new Broken(4711), "threw java.lang.AssertionError"},
                new Object[] {new Endless(4711), new Endless(4711), "threw java.lang.StackOverflowError"},
                new Object[] {new ObjectRuleTest.Explosive(), new ObjectRuleTest.Explosive(), "at /*: java.lang.Illegal"
                },
                new Object[] {new Quote$$Proxy(1), new Quote$$Proxy(1), "has a " + Quote$$Proxy.class.getName()},
                new Object[] {stream(), stream(), "has a java.io.ByteArrayInputStream at /*, which cannot be looked"},
                new Object[] {proxy(), proxy(), "cannot be looked into"},
                new Object[] {supplier(1), supplier(2), "cannot be looked into"},
                new Object[] {new Object(), new Object(), "has a java.lang.Object at /*"});
    }

    @Test
    void theSameObjectIsEqualToItselfWhateverItIs() {
        Object shared = new Object();
        Supplier<Object> function = supplier(1);

        List<Difference> differences =
                objects().compare(Arrays.asList(shared, function, 1), Arrays.asList(shared, function, 2));

        assertThat(differences).extracting(Difference::path).containsExactly("/2");
    }

    @Test
    void hugeNumbersAreOverBudget() {
        BigDecimal huge = new BigDecimal("1E+1000000000");

        assertThat(objects().compare(huge, huge)).isEmpty();
        assertThatThrownBy(() -> objects().rules(Rule.at("").within("1")).compare(huge, BigDecimal.ONE))
                .isInstanceOf(OverBudgetException.class);
    }

    @Test
    void aReportEndsAtItsLimit() {
        List<Integer> numbers = IntStream.range(0, 5_000).boxed().toList();
        List<Integer> others = IntStream.range(10_000, 15_000).boxed().toList();

        assertThat(objects().compare(numbers, others)).hasSize(100);
        assertThat(objects().maxDifferences(1).compare(numbers, others)).hasSize(1);
    }

    @Test
    void anInterruptedComparisonEndsAndKeepsTheFlag() {
        List<Part> parts = Collections.nCopies(5_000, new Part("a", 1));
        List<Part> others =
                IntStream.range(0, 5_000).mapToObj(i -> new Part("a", 1)).toList();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> objects().compare(parts, others))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the comparison was interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static Node cycle(int length, int last) {
        Node end = new Node(last, null);
        Node first = end;
        for (int i = 1; i < length; i++) {
            first = new Node(0, first);
        }
        end.next(first);
        return first;
    }

    private static Node list(int length, int last) {
        Node first = new Node(last, null);
        for (int i = 1; i < length; i++) {
            first = new Node(0, first);
        }
        return first;
    }

    private static Whole whole(String... names) {
        Whole whole = new Whole(new ArrayList<>());
        for (String name : names) {
            whole.parts().add(new Part(name, whole));
        }
        return whole;
    }

    private static List<Object> selfish(int value) {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(value);
        return list;
    }

    private static AtomicReference<Object> reference(int value) {
        AtomicReference<Object> first = new AtomicReference<>(value);
        first.set(new AtomicReference<Object>(first));
        return first;
    }

    private static Object diamond(int levels, int bottom) {
        Object here = new Part("bottom", bottom);
        for (int i = 0; i < levels; i++) {
            here = List.of(here, here);
        }
        return here;
    }

    private static Object stream() {
        return new ByteArrayInputStream(new byte[0]);
    }

    private static Object proxy() {
        return Proxy.newProxyInstance(
                ObjectLimitTest.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (proxy, method, given) -> null);
    }

    private static Supplier<Object> supplier(int value) {
        return () -> value;
    }

    @Test
    @Tag("promise-13")
    void theLogSaysWhyAnswersCannotBeComparedAndQuotesNone() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Experiment.class);
        appender.start();
        log.addAppender(appender);

        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<Object> experiment = scientist.experiment(
                    "quote", options -> options.start(Start.SAME_THREAD).comparator(objects()));
            experiment.run(() -> new Failing(1), () -> new Failing(1));
        } finally {
            log.detachAppender(appender);
        }

        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("experiment quote: comparator failed: the accessor of value in "
                        + Failing.class.getName() + " threw java.lang.IllegalStateException; further failures are"
                        + " counted and logged at DEBUG");
    }
}
