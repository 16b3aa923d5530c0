package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("case-45")
class JsonLimitTest {

    private static final int SMALL_STACK = 512 * 1024; // bytes; half of the default

    @ParameterizedTest
    @ValueSource(ints = {251, 500, 501, 1_001, 10_000, 100_000})
    void textNestedTooDeeplyEndsInAClearException(int depth) {
        assertThatThrownBy(() -> json().compare(arrays(depth, "1"), arrays(depth, "2")))
                .isInstanceOf(OverBudgetException.class)
                .hasMessageContainingAll("the primary's answer", "nest");
        assertThatThrownBy(() -> json().compare("1", objects(depth)))
                .isInstanceOf(OverBudgetException.class)
                .hasMessageContainingAll("the candidate's answer", "nest");
    }

    @Test
    void treesAndObjectsNestedTooDeeplyEndInAClearException() {
        com.fasterxml.jackson.databind.JsonNode tree2 =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.nullNode();
        tools.jackson.databind.JsonNode tree3 = tools.jackson.databind.node.JsonNodeFactory.instance.nullNode();
        List<Object> object = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tree2 = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                    .arrayNode()
                    .add(tree2);
            tree3 = tools.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .set("a", tree3);
            object = new ArrayList<>(List.of(object));
        }

        for (Object deep : List.of(tree2, tree3, object)) {
            assertThatThrownBy(() -> json().compare(deep, "1"))
                    .isInstanceOf(UncomparableException.class)
                    .hasMessageStartingWith("the primary's answer, a ");
            assertThatThrownBy(() -> json().mapper(new com.fasterxml.jackson.databind.ObjectMapper())
                            .compare("1", deep))
                    .isInstanceOf(UncomparableException.class)
                    .hasMessageStartingWith("the candidate's answer, a ");
        }
    }

    @Test
    void theDeepestDocumentAllowedIsComparedOnASmallStack() throws Throwable {
        int depth = Limits.DEPTH;
        List<JsonComparator> comparators = List.of(
                json(),
                json().tolerance(0.5),
                json().ignoringArrayOrder(),
                json().ignoringArrayOrder().tolerance(0.5),
                json().ignoring("/**/b"));
        for (JsonComparator comparator : comparators) {
            assertThat(onSmallStack(comparator, arrays(depth, "1"), arrays(depth, "2")))
                    .extracting(Difference::path)
                    .containsExactly("/0".repeat(depth));
            assertThat(onSmallStack(comparator, objects(depth), objects(depth).replace('1', '2')))
                    .extracting(Difference::path)
                    .containsExactly("/a".repeat(depth));
            assertThat(onSmallStack(comparator, arrays(depth, "1, 2"), arrays(depth, "1, 2.0")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 160, 192, 224, 256})
    void aStackMuchSmallerThanTheDefaultEndsInAnAnswerOrAClearException(int kilobytes) throws Throwable {
        JsonComparator comparator = json().ignoringArrayOrder().tolerance(0.5);
        String primary = arrays(Limits.DEPTH, "1");
        String candidate = arrays(Limits.DEPTH, "2");
        comparator.compare(primary, candidate); // loads all classes on the large stack of this thread

        try {
            assertThat(onStack(kilobytes * 1024, comparator, primary, candidate))
                    .hasSize(1);
        } catch (UncomparableException tooSmall) {
            assertThat(tooSmall).hasMessageContaining("stack");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tenMegabytesAreComparedInEveryForm(Form form) {
        String primary = IntStream.range(0, 100_000)
                .mapToObj(i ->
                        "{\"id\":" + i + ",\"name\":\"" + "name of this element ".repeat(4) + "\",\"n\":" + i + ".5}")
                .collect(Collectors.joining(",", "[", "]"));
        String candidate = primary.replace("\"id\":99999,", "\"id\":99998,");

        assertThat(primary.length()).isGreaterThan(10_000_000);
        assertThat(json().compare(form.of(primary), form.of(" " + primary))).isEmpty();
        assertThat(json().compare(form.of(primary), form.of(candidate)))
                .extracting(Difference::path)
                .containsExactly("/99999/id");
        assertThat(json().tolerance(1).compare(form.of(primary), form.of(candidate)))
                .isEmpty();
    }

    /** What an answer may be. */
    enum Form {
        TEXT {
            @Override
            Object of(String json) {
                return json;
            }
        },
        BYTES {
            @Override
            Object of(String json) {
                return json.getBytes(UTF_8);
            }
        },
        JACKSON_2 {
            @Override
            Object of(String json) {
                try {
                    return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
                } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        },
        JACKSON_3 {
            @Override
            Object of(String json) {
                return new tools.jackson.databind.ObjectMapper().readTree(json);
            }
        },
        OBJECTS {
            @Override
            Object of(String json) {
                return new tools.jackson.databind.ObjectMapper().readValue(json, List.class);
            }
        };

        abstract Object of(String json);
    }

    @Test
    void anAnswerLargerThanTheLimitCannotBeCompared() {
        byte[] large = new byte[64 * 1024 * 1024 + 1];
        Arrays.fill(large, (byte) ' ');
        large[0] = '1';

        assertThatThrownBy(() -> json().compare("1", large))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the candidate's answer is larger than 67108864 bytes or characters");
    }

    @Test
    void everyFieldDifferentIsReportedUpToTheLimit() {
        String primary = IntStream.range(0, 50_000)
                .mapToObj(i -> "\"p" + i + "\":{\"x\":" + i + "}")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(json().compare(primary, primary.replace("\"p", "\"c"))).hasSize(100);
        assertThat(json().compare(primary, primary.replace("\"x\":", "\"x\":1")))
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e10000", "-1e10000", "1e-10001", "1e1000000000", "1e-1000000000", "1e99999999999999999999"})
    void aNumberBeyondTheLimitCannotBeCompared(String number) {
        for (JsonComparator comparator : List.of(json(), json().tolerance(1))) {
            assertThatThrownBy(() -> comparator.compare("[" + number + ",1]", "[1,2]"))
                    .isInstanceOf(OverBudgetException.class)
                    .hasMessageStartingWith("the primary's answer ");
        }
        assertThat(json().compare(number, number)).isEmpty();
    }

    @Test
    void aHugeNumberOfATreeCannotBeCompared() {
        var tree = tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(new BigDecimal("1E+1000000000"));

        assertThatThrownBy(() -> json().compare(tree, "1"))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the primary's answer has a number beyond the limit of 9999 decimal places");
    }

    @Test
    void tooManyPairsWithinAToleranceEndInAClearException() {
        String primary = IntStream.range(0, 3_000).mapToObj(i -> i + ".1").collect(Collectors.joining(",", "[", "]"));
        String candidate =
                IntStream.range(0, 3_000).mapToObj(i -> "-" + i + ".2").collect(Collectors.joining(",", "[", "]"));

        assertThatThrownBy(() -> json().ignoringArrayOrder().tolerance(0.01).compare(primary, candidate))
                .isInstanceOf(OverBudgetException.class)
                .hasMessageContaining("limit of 4000000 looks at pairs");
        assertThat(json().ignoringArrayOrder().maxDifferences(10_000).compare(primary, candidate))
                .hasSize(6_000);
    }

    @Test
    void anInterruptedComparisonEndsAndKeepsTheFlag() {
        String document = "[" + "1,".repeat(5_000) + "1]";

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> json().compare(document, " " + document))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the comparison was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aComparisonThatIsInterruptedWhileItWalksEnds(Form form) {
        JsonComparator comparator = json().rules(Rule.at("/0").accepting((primary, candidate) -> {
            Thread.currentThread().interrupt();
            return true;
        }));
        Object primary = form.of("[0," + "[1],".repeat(5_000) + "1]");
        Object candidate = form.of("[1," + "[1],".repeat(5_000) + "2]");

        assertThatThrownBy(() -> comparator.compare(primary, candidate))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the comparison was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<Difference> onSmallStack(JsonComparator comparator, String primary, String candidate)
            throws Throwable {
        return onStack(SMALL_STACK, comparator, primary, candidate);
    }

    private static List<Difference> onStack(int bytes, JsonComparator comparator, String primary, String candidate)
            throws Throwable {
        AtomicReference<List<Difference>> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> result.set(comparator.compare(primary, candidate)), "small", bytes);
        thread.setUncaughtExceptionHandler((ended, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
        return result.get();
    }

    private static String arrays(int depth, String inside) {
        return "[".repeat(depth) + inside + "]".repeat(depth);
    }

    private static String objects(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
