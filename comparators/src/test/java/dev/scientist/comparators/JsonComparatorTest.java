package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonComparatorTest {

    @Test
    void anExperimentOfAnyTypeCanUseIt() {
        record Quote(String currency, double price, String issuedAt) {}

        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<Quote> quotes = scientist.experiment(
                    "pricing.quote",
                    options -> options.start(Start.SAME_THREAD)
                            .comparator(json().ignoring("/issuedAt").tolerance(0.01)));

            quotes.run(() -> new Quote("EUR", 9.99, "10:00"), () -> new Quote("EUR", 9.991, "10:01"));
            quotes.run(() -> new Quote("EUR", 9.99, "10:00"), () -> new Quote("USD", 9.99, "10:00"));

            assertThat(quotes.tally().count(Verdict.MATCHED)).isEqualTo(1);
            assertThat(quotes.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
        }
    }

    @Test
    void theOrderOfFieldsAndTheSpaceBetweenTokensDoNotMatter() {
        assertThat(json().compare("{\"a\":1,\"b\":[true,null]}", " { \"b\" : [ true , null ], \"a\" : 1 } "))
                .isEmpty();
    }

    @Test
    void everyKindOfDifferenceIsReportedWhereItIs() {
        List<Difference> differences = json().compare("""
                {"changed": 1, "type": 1, "missing": 1, "order": [1, 2], "same": {}}""", """
                {"changed": 2, "type": "1", "unexpected": 1, "order": [2, 1], "same": {}}""");

        assertThat(differences)
                .extracting(Difference::path, Difference::kind)
                .containsExactly(
                        tuple("/changed", Kind.CHANGED),
                        tuple("/type", Kind.TYPE_CHANGED),
                        tuple("/missing", Kind.MISSING),
                        tuple("/order", Kind.REORDERED),
                        tuple("/unexpected", Kind.UNEXPECTED));
    }

    @Test
    void aDifferenceHoldsBothValuesAsTheyWere() {
        Difference difference = only(json().compare("{\"a\":{\"b\":1.50}}", "{\"a\":[\"x\"]}"));

        assertThat(difference.path()).isEqualTo("/a");
        assertThat(difference.kind()).isEqualTo(Kind.TYPE_CHANGED);
        assertThat(difference.primary()).isEqualTo(Map.of("b", new BigDecimal("1.50")));
        assertThat(difference.candidate()).isEqualTo(List.of("x"));
    }

    @Test
    void theWholeAnswerHasTheEmptyPath() {
        assertThat(only(json().compare("1", "2")).path()).isEmpty();
        assertThat(only(json().compare("{}", "[]")).path()).isEmpty();
        assertThat(only(json().compare("null", "{}")).kind()).isEqualTo(Kind.TYPE_CHANGED);
        assertThat(json().compare("null", " null")).isEmpty();
    }

    @Test
    @Tag("case-44")
    void aMissingFieldIsReportedOnTheSideThatLacksIt() {
        assertThat(only(json().compare("{\"a\":1}", "{}")).kind()).isEqualTo(Kind.MISSING);
        assertThat(only(json().compare("{}", "{\"a\":1}")).kind()).isEqualTo(Kind.UNEXPECTED);
    }

    @Test
    @Tag("case-44")
    void nullAndMissingDiffer() {
        Difference missing = only(json().compare("{\"a\":null}", "{}"));
        Difference unexpected = only(json().compare("{}", "{\"a\":null}"));
        Difference changed = only(json().compare("{\"a\":null}", "{\"a\":false}"));

        assertThat(missing.kind()).isEqualTo(Kind.MISSING);
        assertThat(unexpected.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(changed.kind()).isEqualTo(Kind.TYPE_CHANGED);
    }

    @ParameterizedTest
    @Tag("case-41")
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
    @Tag("case-41")
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
    @Tag("case-41")
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

    @Test
    @Tag("case-42")
    void anIgnoredPathRespectsTheBoundariesOfItsSegments() {
        JsonComparator comparator = json().ignoring("/a");

        assertThat(comparator.compare("{\"a\":1}", "{\"a\":{\"b\":2}}")).isEmpty();
        assertThat(comparator.compare("{\"a\":1}", "{}")).isEmpty();
        assertThat(only(comparator.compare("{\"ab\":1}", "{\"ab\":2}")).path()).isEqualTo("/ab");
        assertThat(only(comparator.compare("{\"b\":{\"a\":1}}", "{\"b\":{\"a\":2}}"))
                        .path())
                .isEqualTo("/b/a");
    }

    @Test
    @Tag("case-42")
    void wildcardsStandForElementsAndKeys() {
        String primary = "{\"items\":[{\"id\":1,\"n\":1},{\"id\":2,\"n\":1}],\"map\":{\"x\":{\"id\":3,\"n\":1}}}";
        String candidate = "{\"items\":[{\"id\":7,\"n\":1},{\"n\":1}],\"map\":{\"x\":{\"id\":9,\"n\":2}}}";

        assertThat(json().ignoring("/items/*/id").compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/map/x/id", "/map/x/n");
        assertThat(json().ignoring("/*/*/id", "/map/*/n").compare(primary, candidate))
                .isEmpty();
        assertThat(json().ignoring("/**/id").compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/map/x/n");
        assertThat(json().ignoring("/**/id").ignoring("/map/**").compare(primary, candidate))
                .isEmpty();
    }

    @Test
    void anIgnoredElementKeepsItsPlace() {
        JsonComparator comparator = json().ignoring("/1");

        assertThat(comparator.compare("[1,2,3]", "[1,9,3]")).isEmpty();
        assertThat(comparator.compare("[1,2]", "[1]")).isEmpty();
        assertThat(only(comparator.compare("[1,2,3]", "[1,2,4]")).path()).isEqualTo("/2");
        assertThat(only(comparator.compare("[1,2,3]", "[1]")).path()).isEqualTo("/2");
        assertThat(json().ignoring("/*").compare("[1,[2],3]", "[]")).isEmpty();
    }

    @Test
    void pathsAreJsonPointersWhateverTheKeys() {
        String primary = """
                {"a.b": 1, "c[0]": 1, "d/e": 1, "f~g": 1, "": 1, " ": {"": 1}, "$": 1, "länder": {"日本": 1}, "x": [[1]]}""";

        List<Difference> differences = json().compare(primary, primary.replace('1', '2'));

        assertThat(differences)
                .extracting(Difference::path)
                .containsExactly("/a.b", "/c[0]", "/d~1e", "/f~0g", "/", "/ /", "/$", "/länder/日本", "/x/0/0");
        assertThat(json().ignoring("/a.b", "/c[0]", "/d~1e", "/f~0g", "/", "/ /", "/$", "/länder/日本", "/x/0/0")
                        .compare(primary, primary.replace('1', '2')))
                .isEmpty();
    }

    @Test
    void textIsComparedAsItIsHoweverItIsEscaped() {
        assertThat(json().compare("\"\\u00e9\\ud83d\\ude00\\/\"", "\"é😀/\"")).isEmpty();
        assertThat(json().compare("\"é\"", "\"e\\u0301\"")).hasSize(1);
        assertThat(json().compare("\"\\ud800\"", "\"\\ud801\"")).hasSize(1);
        assertThat(json().compare("\"a\"", "\"A\"")).hasSize(1);
        assertThat(json().compare("\"a\"", "\"a \"")).hasSize(1);
    }

    @Test
    void theReportEndsAtItsLimit() {
        String primary = "[" + "1,".repeat(2_000) + "1]";
        String candidate = "[" + "2,".repeat(2_000) + "2]";

        assertThat(json().compare(primary, candidate)).hasSize(100);
        assertThat(json().maxDifferences(3).compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/0", "/1", "/2");
        assertThat(json().maxDifferences(10_000).compare(primary, candidate)).hasSize(2_001);
    }

    @Test
    void aStepLeavesTheComparatorItStartsFromUnchanged() {
        JsonComparator exact = json();
        JsonComparator lenient = exact.tolerance(1).ignoring("/a");

        assertThat(exact.compare("1", "2")).hasSize(1);
        assertThat(lenient.compare("1", "2")).isEmpty();
        assertThat(exact).hasToString("json");
        assertThat(lenient.ignoringArrayOrderAt("/b"))
                .hasToString("json ignoring [/a] in any order at [/b] within 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "a/b", "$.a", "/a*", "/~", "/~3", "/a~", "/**", "/**/**"})
    void anInvalidPathFailsAtOnceAndIsQuoted(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().ignoring("/ok", path))
                .withMessageMatching("ignoring path must .+ but was \"\\Q" + path + "\\E\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().ignoringArrayOrderAt(path))
                .withMessageStartingWith("ignoringArrayOrderAt path must ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anImpossibleToleranceFailsAtOnce(double tolerance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().tolerance(tolerance))
                .withMessageMatching("tolerance must be 0 or more.* but was " + tolerance);
    }

    @Test
    void impossibleArgumentsFailAtOnceAndAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().tolerance(new BigDecimal("-1")))
                .withMessage("tolerance must be 0 or more but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().maxDifferences(0))
                .withMessage("maxDifferences must be at least 1 but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().tolerance(1).tolerance(2))
                .withMessage("tolerance was set to 1.0 and then to 2.0; set it once, or leave one of the two out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().mapper("mapper"))
                .withMessage("mapper must be an ObjectMapper of Jackson 2 or Jackson 3 but was a java.lang.String");
        assertThatNullPointerException()
                .isThrownBy(() -> json().ignoring((String) null))
                .withMessage("path");
        assertThatNullPointerException()
                .isThrownBy(() -> json().compare("1", null))
                .withMessage("candidate");
    }

    private static Difference only(List<Difference> differences) {
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }
}
