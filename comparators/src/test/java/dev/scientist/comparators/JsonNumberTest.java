package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers are equal by value, within a tolerance or to a scale, whatever class a parser made of them. */
@Tag("case-41")
class JsonNumberTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1, 1e0",
        "100, 1E+2",
        "0, -0",
        "0, -0.0",
        "0, 0e999999999",
        "0.1, 0.10",
        "12345678901234567890123456789, 12345678901234567890123456789.0"
    })
    void numbersAreEqualByValue(String primary, String candidate) {
        assertThat(json().compare(primary, candidate)).isEmpty();
        assertThat(json().ignoringArrayOrder().compare("[" + primary + ",7]", "[7," + candidate + "]"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "1, -1",
        "0.1, 0.10000000000000001",
        "9007199254740993, 9007199254740992",
        "12345678901234567890123456789, 12345678901234567890123456788",
        "1e9000, 1e9001",
        "1e-9000, 0"
    })
    void numbersOfDifferentValueDifferHoweverClose(String primary, String candidate) {
        assertThat(only(json().compare(primary, candidate)).kind()).isEqualTo(Kind.CHANGED);
    }

    @Test
    void aToleranceIncludesItsLimitAndNothingBeyond() {
        JsonComparator comparator = json().tolerance(0.1);

        assertThat(comparator.compare("[1, 1, 5e9000]", "[1.1, 0.9, 5e9000]")).isEmpty();
        assertThat(comparator.compare("1", "1.1000001")).hasSize(1);
        assertThat(comparator.compare("1", "-1")).hasSize(1);
        assertThat(comparator.compare("1", "\"1\"")).hasSize(1);
        assertThat(comparator.compare("{\"a\":1}", "{}")).hasSize(1);
        assertThat(json().tolerance(new BigDecimal("5")).compare("10", "15")).isEmpty();
        assertThat(json().tolerance(0).compare("1", "1.00")).isEmpty();
    }

    @Test
    void withinAToleranceOnlyWhatIsBeyondItIsReported() {
        List<Difference> differences = json().tolerance(0.5).compare("[1, 2, 3, \"a\"]", "[1.2, 2.6, 3.5, \"b\"]");

        assertThat(differences).extracting(Difference::path).containsExactly("/1", "/3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anImpossibleToleranceFailsAtOnce(double tolerance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().tolerance(tolerance))
                .withMessageMatching("tolerance must be 0 or more.* but was " + tolerance);
    }

    @Test
    void theClassThatAParserMadeOfANumberDoesNotMatter() throws Exception {
        var plain = new tools.jackson.databind.ObjectMapper();
        var exact = tools.jackson.databind.json.JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build();
        var older = new com.fasterxml.jackson.databind.ObjectMapper();
        String numbers = "[1, 1.0, 0.1, -7, 1e3, 9007199254740993, 2.5e-3]";

        assertThat(json().compare(plain.readTree(numbers), exact.readTree(numbers)))
                .isEmpty();
        assertThat(json().compare(exact.readTree(numbers), older.readTree(numbers)))
                .isEmpty();
        assertThat(json().compare(exact.readTree(numbers), " " + numbers)).isEmpty();
        assertThat(json().compare(List.of(1L, 1f, 0.1, (short) -7), List.of(1, BigDecimal.ONE, 0.1f, -7.0)))
                .isEmpty();
    }

    @Test
    void aToleranceCanBeRelativeAndAScaleCanBeGivenAtAPlace() {
        JsonComparator relative = json().rules(Rule.at("/*").withinRelative(0.01));
        JsonComparator scaled = json().rules(Rule.at("/*").scale(2, RoundingMode.HALF_EVEN));

        assertThat(relative.compare("[100, 0]", "[101, 0.0]")).isEmpty();
        assertThat(relative.compare("[100, 0]", "[101.01, 0.001]")).hasSize(2);
        assertThat(scaled.compare("[1.004]", "[1.001]")).isEmpty();
        assertThat(scaled.compare("[1.006]", "[1.004]")).hasSize(1);
    }

    @Test
    void numbersInAnyOrderAreEqualByValueHoweverLargeOrSmall() {
        List<String> numbers = List.of("1e18", "1000000000000000001", "1e-18", "1e9000", "0e-7", "120", "-0.5");
        List<String> others = List.of(
                "-5e-1",
                "1.2e2",
                "0",
                "10e8999",
                "0.000000000000000001",
                "1000000000000000001.0",
                "1000000000000000000");

        assertThat(json().ignoringArrayOrder().compare(numbers.toString(), others.toString()))
                .isEmpty();
    }

    @Test
    void theSameElementsInAnyOrderAreFoundWhateverClassesTheirNumbersAreOf() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<Double> doubles =
                List.of(0.0, -0.0, 0.1, 2.5, 1e15, 0x1p53, 0x1p53 + 2, 0x1p60, 1e20, 1e300, Double.MIN_VALUE, 3.4e-5);

        for (double number : doubles) {
            BigDecimal decimal = BigDecimal.valueOf(number);
            ArrayNode ours = nodes.arrayNode().add(nodes.numberNode(number)).add("x");
            ArrayNode theirs = nodes.arrayNode().add("x").add(nodes.numberNode(decimal.setScale(decimal.scale() + 2)));
            ArrayNode others = nodes.arrayNode().add("x").add(nodes.numberNode(decimal.add(decimal.ulp())));
            assertThat(json().ignoringArrayOrder().compare(ours, theirs)).isEmpty();
            assertThat(json().ignoringArrayOrder().compare(ours, others)).hasSize(1);
        }
        assertThat(json().ignoringArrayOrder()
                        .compare(
                                nodes.arrayNode().add(1L << 60).add("x").add(7L).add(0.5f),
                                nodes.arrayNode().add(0.5).add(7.0).add("x").add(BigInteger.ONE.shiftLeft(60))))
                .isEmpty();
    }

    private static Difference only(List<Difference> differences) {
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }
}
