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
import org.junit.jupiter.api.Test;

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
                .hasToString("json under at(\"/**\").within(\"1.0\"); at(\"/a\").ignored(); at(\"/b\").anyOrder()");
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
