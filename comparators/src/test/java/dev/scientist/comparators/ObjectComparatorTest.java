package dev.scientist.comparators;

import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObjectComparatorTest {

    enum Status {
        OPEN,
        PAID {
            @Override
            boolean isFinal() {
                return true;
            }
        };

        boolean isFinal() {
            return false;
        }
    }

    enum NewStatus {
        OPEN,
        PAID
    }

    record Line(String sku, int count) {}

    record NewLine(String sku, long count) {}

    record Order(String id, Status status, List<Line> lines) {}

    record NewOrder(List<NewLine> lines, NewStatus status, String id) {}

    record Both(Object one, Object other) {}

    static class Account {
        static int made;

        private final String owner;
        private final transient int cached = ++made;

        Account(String owner) {
            this.owner = owner;
        }

        int cached() {
            return cached;
        }

        String owner() {
            return owner;
        }
    }

    static final class Savings extends Account {
        private final BigDecimal rate;
        private final String owner;

        Savings(String owner, String beneficiary, String rate) {
            super(owner);
            this.owner = beneficiary;
            this.rate = new BigDecimal(rate);
        }

        String beneficiary() {
            return owner + rate;
        }
    }

    final class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        ObjectComparatorTest outer() {
            return ObjectComparatorTest.this;
        }
    }

    sealed interface Payment {
        record Card(String reference) implements Payment {}

        record Transfer(String reference) implements Payment {}

        record Nothing() implements Payment {}
    }

    record Done() {}

    record Failed() {}

    @Test
    void recordsOfTheSameValuesAreEqual() {
        Order order = new Order("a", Status.PAID, List.of(new Line("x", 1)));
        Order same = new Order("a", Status.PAID, new ArrayList<>(List.of(new Line("x", 1))));

        assertThat(compared(order, same)).isEmpty();
    }

    @Test
    void eachDifferenceIsReportedAtItsPlaceWithPlainValues() {
        Order order = new Order("a", Status.PAID, List.of(new Line("x", 1), new Line("y", 2)));
        Order other = new Order("a", Status.OPEN, List.of(new Line("x", 1), new Line("y", 3)));

        List<Difference> differences = compared(order, other);

        assertThat(differences).extracting(Difference::path).containsExactly("/status", "/lines/1/count");
        assertThat(differences).extracting(Difference::kind).containsOnly(Kind.CHANGED);
        assertThat(differences).extracting(Difference::primary).containsExactly("PAID", new BigDecimal(2));
        assertThat(differences).extracting(Difference::candidate).containsExactly("OPEN", new BigDecimal(3));
    }

    @Test
    void aRewriteMayHaveClassesOfItsOwn() {
        Order order = new Order("a", Status.PAID, List.of(new Line("x", 1)));
        NewOrder rewritten = new NewOrder(List.of(new NewLine("x", 1)), NewStatus.PAID, "a");

        assertThat(compared(order, rewritten)).isEmpty();
        assertThat(compared(new Line("x", 1), Map.of("sku", "x", "count", 1))).isEmpty();
        assertThat(compared(order, new Line("a", 1)))
                .extracting(Difference::toString)
                .contains("missing at /id [java.lang.String -> null]", "unexpected at /sku [null -> java.lang.String]");
    }

    @Test
    void typesAreComparedWhenAskedFor() {
        ObjectComparator strict = objects().requiringSameTypes();
        List<Difference> differences = strict.compare(List.of(new Line("x", 1)), List.of(new NewLine("x", 1)));
        String mapped = NewLine.class.getName();

        assertThat(differences).extracting(Difference::path).containsExactly("/0/class");
        assertThat(differences).extracting(Difference::candidate).containsExactly(mapped);
        assertThat(strict.compare(new Line("x", 1), new Line("x", 1))).isEmpty();
        assertThat(strict.compareRead(List.of(Map.entry(1, 2)), Map.of(1, 2).entrySet()))
                .isEmpty();
        assertThat(strict.rules(Rule.at("/**/class").mapped(Map.of(mapped, Line.class.getName())))
                        .compare(new Line("x", 1), new NewLine("x", 1)))
                .isEmpty();
    }

    @Test
    void alternativesOfOneSealedTypeAreNeverEqual() {
        Payment card = new Payment.Card("a");

        assertThat(compared(card, new Payment.Card("a"))).isEmpty();
        assertThat(compared(card, new Payment.Transfer("a")))
                .extracting(Difference::path)
                .containsExactly("/class");
        assertThat(compared(new Payment.Nothing(), new Payment.Nothing())).isEmpty();
    }

    @Test
    void objectsInWhichNothingCanBeSeenAreToldByTheirClass() {
        assertThat(compared(new Done(), new Done())).isEmpty();
        assertThat(compared(new Done(), new Failed()))
                .extracting(Difference::path)
                .containsExactly("/class");
        assertThat(compared(new IllegalStateException("a"), new IllegalStateException("a")))
                .isEmpty();
        assertThat(compared(new IllegalStateException("a"), new IllegalArgumentException("b")))
                .extracting(Difference::path)
                .containsExactly("/class", "/message");
    }

    @Test
    void privateAndInheritedFieldsAreComparedAndStaticAndTransientOnesAreNot() {
        Savings savings = new Savings("a", "b", "1.0");

        assertThat(compared(savings, new Savings("a", "b", "1.00"))).isEmpty();
        assertThat(compared(savings, new Savings("x", "y", "2")))
                .extracting(Difference::path)
                .containsExactlyInAnyOrder("/owner", "/Account.owner", "/rate");
    }

    @Test
    void whatAnInnerClassHasCapturedIsNoPartOfIt() {
        Named mine = new Named("a");
        Named others = new ObjectComparatorTest().new Named("a");

        assertThat(mine.outer()).isNotSameAs(others.outer());
        assertThat(compared(mine, others)).isEmpty();
        assertThat(compared(mine, new Named("b"))).hasSize(1);
    }

    @Test
    @Tag("case-41")
    void numbersAreEqualByValue() {
        assertThat(compared(numbers(1, 1L, 1.0, 1f), numbers(new BigDecimal("1.00"), BigInteger.ONE, (byte) 1, 1)))
                .isEmpty();
        assertThat(compared(numbers(Double.NaN, 0.0, 0.1f), numbers(Float.NaN, -0.0, 0.1)))
                .isEmpty();
        assertThat(compared(numbers(new AtomicLong(3), Long.MAX_VALUE), numbers(3, (double) Long.MAX_VALUE)))
                .extracting(Difference::path)
                .containsExactly("/1");
    }

    @Test
    @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // answers have them
    void valuesOfTheJdkAreEqualByWhatTheySay() {
        UUID id = UUID.randomUUID();
        List<Object> values = List.of(
                id,
                URI.create("a:b"),
                LocalDate.of(2026, 1, 1),
                Instant.EPOCH,
                'c',
                new StringBuilder().append('d'),
                new Date(0),
                String.class,
                new AtomicBoolean(true),
                BitSet.valueOf(new long[] {5}));
        List<Object> same = List.of(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                URI.create("a:b"),
                LocalDate.of(2026, 1, 1),
                "1970-01-01T00:00:00Z",
                "c",
                "d",
                Instant.EPOCH,
                String.class,
                true,
                BitSet.valueOf(new long[] {5}));

        assertThat(compared(values, same)).isEmpty();
        assertThat(compared(BitSet.valueOf(new long[] {5}), BitSet.valueOf(new long[] {6})))
                .singleElement()
                .hasToString("changed at (whole answer) [java.lang.String]");
    }

    @Test
    void expressionsOfOtherFlagsDiffer() {
        Pattern exact = Pattern.compile("a");
        Pattern loose = Pattern.compile("a", Pattern.CASE_INSENSITIVE);

        assertThat(compared(exact, Pattern.compile("a"))).isEmpty();
        assertThat(compared(exact, loose)).hasSize(1);
    }

    @Test
    void whatIsWrappedIsCompared() {
        assertThat(compared(Optional.of(new Line("x", 1)), Optional.of(new Line("x", 1))))
                .isEmpty();
        assertThat(compared(new Both(Optional.of("a"), OptionalInt.of(1)), new Both("a", 1)))
                .isEmpty();
        assertThat(compared(new Both(Optional.empty(), new AtomicReference<>("b")), new Both(null, "b")))
                .isEmpty();
        assertThat(compared(Optional.of(new Line("x", 1)), Optional.of(new Line("x", 2))))
                .extracting(Difference::path)
                .containsExactly("/count");
    }

    @Test
    @Tag("case-36")
    void arraysAreEqualByContent() {
        Object primary = new Object[] {new int[] {1, 2}, new byte[] {1}, "ab".toCharArray(), new Line[0]};
        Object candidate = new Object[] {new int[] {1, 2}, new byte[] {1}, "ab".toCharArray(), new Line[0]};

        assertThat(compared(primary, candidate)).isEmpty();
        assertThat(compared(new int[] {1, 2}, List.of(1L, 2L))).isEmpty();
        assertThat(compared(new int[][] {{1, 2}, {3, 4}}, new int[][] {{1, 2}, {3, 5}}))
                .extracting(Difference::path)
                .containsExactly("/1/1");
        assertThat(compared(new byte[] {1, 2, 3}, new byte[] {1, 2, 4}))
                .extracting(Difference::candidate)
                .containsExactly("AQIE");
    }

    @Test
    void oneInsertedElementIsOneDifference() {
        List<Line> lines = List.of(new Line("a", 1), new Line("b", 1), new Line("c", 1));
        List<Line> more = List.of(new Line("x", 1), new Line("a", 1), new Line("b", 1), new Line("c", 1));

        assertThat(compared(lines, more)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.UNEXPECTED);
            assertThat(difference.path()).isEqualTo("/0");
            assertThat(difference.candidate()).isEqualTo(Map.of("sku", "x", "count", BigDecimal.ONE));
        });
    }

    @Test
    @Tag("case-43")
    void setsAreEqualInAnyOrder() {
        Set<Object> set = new LinkedHashSet<>(List.of(new Line("a", 1), Set.of(1, 2), "c"));
        Set<Object> same = new LinkedHashSet<>(List.of("c", new NewLine("a", 1), Set.of(2, 1)));
        Set<Object> other = new LinkedHashSet<>(List.of("c", new Line("a", 2), Set.of(1, 2)));

        assertThat(compared(set, same)).isEmpty();
        assertThat(compared(set, List.of("c", new Line("a", 1), Set.of(1, 2)))).isEmpty();
        assertThat(compared(set, other)).extracting(Difference::path).containsExactly("/0/count");
    }

    @Test
    void mapsAreComparedByTheTextOfTheirKeys() {
        Map<Object, Object> map = new LinkedHashMap<>(Map.of(Status.PAID, 1, 2L, "b", "a/b", "c"));
        Map<Object, Object> same = new TreeMap<>(Map.of("PAID", 1, "2", "b", "a/b", "c"));
        TreeMap<String, Integer> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.put("A", 1);

        assertThat(compared(map, same)).isEmpty();
        assertThat(compared(Map.of("a/b", 1, "c", 2), Map.of("a/b", 2, "d", 2)))
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "changed at /a~1b [java.math.BigDecimal]",
                        "missing at /c [java.math.BigDecimal -> null]",
                        "unexpected at /d [null -> java.math.BigDecimal]");
        assertThat(compared(Map.of("a", 1), anyCase)).hasSize(2);
    }

    @Test
    void mapsWithOtherKeysAreObjectsOfKeyAndValueInAnyOrder() {
        Map<Object, Integer> map = new LinkedHashMap<>();
        map.put(new Line("a", 1), 1);
        map.put(new Line("b", 1), 2);
        map.put(null, 3);
        Map<Object, Integer> same = new LinkedHashMap<>();
        same.put(null, 3);
        same.put(new NewLine("b", 1), 2);
        same.put(new NewLine("a", 1), 1);
        Map<Object, Integer> other = new HashMap<>(same);
        other.put(null, 4);

        assertThat(compared(map, same)).isEmpty();
        assertThat(compared(map, other)).extracting(Difference::path).containsExactly("/2/value");
        assertThat(compared(mixed(1, "1"), mixed("1", 1))).isNotEmpty();
        assertThat(compared(mixed(1, "1"), mixed(1, "1"))).isEmpty();
    }

    @Test
    void nullIsAValue() {
        assertThat(compared(new Line(null, 1), new Line(null, 1))).isEmpty();
        assertThat(compared(Arrays.asList(1, null), Arrays.asList(1, null))).isEmpty();
        assertThat(compared(new Line(null, 1), new Line("", 1)))
                .extracting(Difference::toString)
                .containsExactly("type_changed at /sku [null -> java.lang.String]");
    }

    @Test
    void wrongStepsFailAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objects().maxDifferences(0))
                .withMessage("maxDifferences must be at least 1 but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objects().ignoringAnnotated(Override.class))
                .withMessageContaining("@java.lang.Override");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objects().ignoring("/a").rules(RuleSet.of()))
                .withMessageContaining("at(\"/a\").ignored()");
        assertThat(objects().byEquals(Line.class).requiringSameTypes().ignoring("/a"))
                .hasToString("objects requiring same types by equals of Line under at(\"/a\").ignored()");
    }

    private static List<Difference> compared(Object primary, Object candidate) {
        List<Difference> differences = objects().compare(primary, candidate);
        List<Difference> read = objects().compareRead(primary, candidate);
        assertThat(read)
                .as("both speeds agree")
                .extracting(Difference::toString)
                .isEqualTo(texts(differences));
        return differences;
    }

    private static List<String> texts(List<Difference> differences) {
        return differences.stream().map(Difference::toString).toList();
    }

    private static List<Number> numbers(Number... numbers) {
        return List.of(numbers);
    }

    private static Map<Object, String> mixed(Object first, Object second) {
        Map<Object, String> map = new LinkedHashMap<>();
        map.put(first, "a");
        map.put(second, "b");
        return map;
    }
}
