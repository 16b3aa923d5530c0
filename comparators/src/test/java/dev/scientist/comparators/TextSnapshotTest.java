package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.OverBudgetException;
import dev.scientist.SnapshotFormat;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Proves that answers that are texts get one right verdict from a snapshot as JSON, whatever is in them. */
class TextSnapshotTest {

    private static final String DEEP = "[".repeat(300) + "]".repeat(300);

    /** By the mappers of Jackson 2 and Jackson 3. */
    private static Stream<JsonComparator> comparators() {
        return Stream.of(json().mapper(new ObjectMapper()), json().mapper(new JsonMapper()));
    }

    private static List<Difference> compare(JsonComparator comparator, Object primary, Object candidate) {
        SnapshotFormat format = comparator.snapshot();
        return format.compare(format.write(primary), format.write(candidate)).differences();
    }

    private static Stream<Arguments> with(Stream<Arguments> answers) {
        List<Arguments> all = answers.toList();
        return comparators()
                .flatMap(comparator -> all.stream().map(one -> {
                    Object[] given = one.get();
                    Object[] extended = new Object[given.length + 1];
                    extended[0] = comparator;
                    System.arraycopy(given, 0, extended, 1, given.length);
                    return Arguments.of(extended);
                }));
    }

    private static Stream<Arguments> equal() {
        return with(Stream.of(
                Arguments.of("accepted", "accepted"),
                Arguments.of("", ""),
                Arguments.of("{broken", "{broken"),
                Arguments.of("{\"a\":1}", "{ \"a\" : 1.0 }"),
                Arguments.of("\n[1, 2]", "[1,2]"),
                Arguments.of("{\"a\":1}", Map.of("a", 1)),
                Arguments.of(CharBuffer.wrap("accepted"), "accepted"),
                Arguments.of("null", "null")));
    }

    @ParameterizedTest
    @MethodSource("equal")
    void equalTextsMatch(JsonComparator comparator, Object primary, Object candidate) {
        List<Difference> differences = compare(comparator, primary, candidate);

        assertThat(differences).isEmpty();
    }

    private static Stream<Arguments> different() {
        return with(Stream.of(
                Arguments.of("accepted", "refused", Kind.CHANGED),
                Arguments.of("", "accepted", Kind.CHANGED),
                Arguments.of("1", "1.0", Kind.CHANGED),
                Arguments.of("007", "7", Kind.CHANGED),
                Arguments.of("null", "NULL", Kind.CHANGED),
                Arguments.of("\"a\"", "a", Kind.CHANGED),
                Arguments.of("\"a\"", "\"\\u0061\"", Kind.CHANGED),
                Arguments.of("{broken", "{broken ", Kind.CHANGED),
                Arguments.of("{} {}", "{}  {}", Kind.CHANGED),
                Arguments.of("{\"a\":1", "{\"a\":1}", Kind.TYPE_CHANGED),
                Arguments.of("accepted", "{\"a\":1}", Kind.TYPE_CHANGED),
                Arguments.of("1", 1, Kind.TYPE_CHANGED),
                Arguments.of("true", true, Kind.TYPE_CHANGED),
                Arguments.of("accepted", Map.of("a", 1), Kind.TYPE_CHANGED),
                Arguments.of("\ud800", "\ud801", Kind.CHANGED)));
    }

    @ParameterizedTest
    @MethodSource("different")
    void differentTextsDiffer(JsonComparator comparator, Object primary, Object candidate, Kind kind) {
        List<Difference> differences = compare(comparator, primary, candidate);
        List<Difference> swapped = compare(comparator, candidate, primary);

        assertThat(differences)
                .singleElement()
                .satisfies(difference -> assertThat(difference.path()).isEmpty())
                .extracting(Difference::kind)
                .isEqualTo(kind);
        assertThat(swapped).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("comparators")
    void aDifferenceInADocumentHasItsPath(JsonComparator comparator) {
        List<Difference> differences = compare(comparator, "{\"a\":1}", "{\"a\":2}");

        assertThat(differences).singleElement().extracting(Difference::path).isEqualTo("/a");
    }

    @ParameterizedTest
    @MethodSource("comparators")
    void rulesThatRestructureLeaveTextsAsTheyAre(JsonComparator comparator) {
        JsonComparator restructuring = comparator.rules(Rule.onPrimary().rename("/a", "/b"));

        List<Difference> equal = compare(restructuring, "accepted", "accepted");
        List<Difference> different = compare(restructuring, "accepted", "refused");

        assertThat(equal).isEmpty();
        assertThat(different).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("comparators")
    void aDocumentBeyondALimitStaysOne(JsonComparator comparator) {
        assertThatThrownBy(() -> compare(comparator, DEEP, DEEP + " ")).isInstanceOf(OverBudgetException.class);
    }
}
