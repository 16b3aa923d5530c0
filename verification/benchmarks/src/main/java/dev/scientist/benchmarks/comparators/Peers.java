package dev.scientist.benchmarks.comparators;

import static dev.scientist.benchmarks.comparators.Document.JACKSON_2;
import static dev.scientist.benchmarks.comparators.Document.JACKSON_3;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonDiff;
import dev.scientist.benchmarks.comparators.Document.Unread;
import java.math.BigDecimal;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.Option;
import net.javacrumbs.jsonunit.core.internal.Diff;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonDifferenceCalculator;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.diff.ListCompareAlgorithm;
import org.json.JSONObject;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.JSONCompareResult;

/** The other libraries as contenders, each in every form of a document that it takes. */
final class Peers {

    static final String PARSE_AND_EQUALS_2 = "Jackson 2, readTree twice and equals";
    static final String PARSE_AND_EQUALS_3 = "Jackson 3, readTree twice and equals";
    static final String EQUALS_2 = "Jackson 2, JsonNode.equals";
    static final String EQUALS_3 = "Jackson 3, JsonNode.equals";
    static final String JSON_UNIT = "json-unit";
    static final String JSON_ASSERT = "JSONassert";
    static final String JAVERS = "JaVers";
    static final String ASSERTJ = "AssertJ recursive";
    static final String ZJSONPATCH = "zjsonpatch";

    // json-unit 6.2.0 compares numbers by value, as its documentation recommends.
    private static final Configuration UNIT = Configuration.empty().withTolerance(BigDecimal.ZERO);
    private static final Configuration UNIT_IN_ANY_ORDER = UNIT.withOptions(Option.IGNORING_ARRAY_ORDER, new Option[0]);

    // JaVers 7.11.1
    private static final Javers IN_ORDER = JaversBuilder.javers().build();
    private static final Javers ALIGNED = JaversBuilder.javers()
            .withListCompareAlgorithm(ListCompareAlgorithm.LEVENSHTEIN_DISTANCE)
            .build();

    // The recursive comparison of AssertJ 3.27.7 compares without making its messages.
    private static final RecursiveComparisonDifferenceCalculator CALCULATOR =
            new RecursiveComparisonDifferenceCalculator();
    private static final RecursiveComparisonConfiguration RECURSIVE = new RecursiveComparisonConfiguration();
    private static final RecursiveComparisonConfiguration RECURSIVE_IN_ANY_ORDER =
            RecursiveComparisonConfiguration.builder()
                    .withIgnoreCollectionOrder(true)
                    .build();

    private Peers() {}

    /** Jackson's {@code equals} tells whether two documents differ, but not where. */
    static Contender<byte[]> parseAndEquals2() {
        return new Contender<>(
                PARSE_AND_EQUALS_2,
                Document::bytes,
                (primary, candidate) -> someUnless(JACKSON_2.readTree(primary).equals(JACKSON_2.readTree(candidate))));
    }

    static Contender<byte[]> parseAndEquals3() {
        return new Contender<>(
                PARSE_AND_EQUALS_3,
                Document::bytes,
                (primary, candidate) -> someUnless(JACKSON_3.readTree(primary).equals(JACKSON_3.readTree(candidate))));
    }

    static Contender<Object> equals2() {
        return new Contender<>(
                EQUALS_2, Document::jackson2, (primary, candidate) -> someUnless(primary.equals(candidate)));
    }

    static Contender<Object> equals3() {
        return new Contender<>(
                EQUALS_3, Document::jackson3, (primary, candidate) -> someUnless(primary.equals(candidate)));
    }

    static Contender<String> jsonUnitText() {
        return new Contender<>(JSON_UNIT, Document::text, (primary, candidate) -> jsonUnit(primary, candidate, UNIT));
    }

    static Contender<Object> jsonUnitTrees() {
        return new Contender<>(
                JSON_UNIT, Document::jackson2, (primary, candidate) -> jsonUnit(primary, candidate, UNIT));
    }

    static Contender<Object> jsonUnitTreesInAnyOrder() {
        return new Contender<>(
                JSON_UNIT, Document::jackson2, (primary, candidate) -> jsonUnit(primary, candidate, UNIT_IN_ANY_ORDER));
    }

    /** JSONassert 1.5.3. */
    static Contender<String> jsonAssertText() {
        return new Contender<>(
                JSON_ASSERT,
                Document::text,
                (primary, candidate) ->
                        jsonAssert(JSONCompare.compareJSON(primary, candidate, JSONCompareMode.STRICT)));
    }

    static Contender<JSONObject> jsonAssertTrees() {
        return jsonAssertTrees(JSONCompareMode.STRICT);
    }

    static Contender<JSONObject> jsonAssertTreesInAnyOrder() {
        return jsonAssertTrees(JSONCompareMode.NON_EXTENSIBLE);
    }

    private static Contender<JSONObject> jsonAssertTrees(JSONCompareMode mode) {
        return new Contender<>(
                JSON_ASSERT,
                document -> new JSONObject(document.text()),
                (primary, candidate) -> jsonAssert(JSONCompare.compareJSON(primary, candidate, mode)));
    }

    /** zjsonpatch 0.4.16 makes the JSON Patch that turns a primary into a candidate. */
    static Contender<byte[]> zjsonPatchText() {
        return new Contender<>(
                ZJSONPATCH,
                Document::bytes,
                (primary, candidate) -> JsonDiff.asJson(JACKSON_2.readTree(primary), JACKSON_2.readTree(candidate))
                        .size());
    }

    static Contender<JsonNode> zjsonPatchTrees() {
        return new Contender<>(
                ZJSONPATCH,
                Document::jackson2,
                (primary, candidate) -> JsonDiff.asJson(primary, candidate).size());
    }

    static Contender<Unread> javersText() {
        return new Contender<>(
                JAVERS, Document::unread, (primary, candidate) -> javers(IN_ORDER, primary.read(), candidate.read()));
    }

    static Contender<Object> javersObjects() {
        return new Contender<>(JAVERS, Document::object, (primary, candidate) -> javers(IN_ORDER, primary, candidate));
    }

    static Contender<Object> javersAlignedObjects() {
        return new Contender<>(
                JAVERS + ", by Levenshtein distance",
                Document::object,
                (primary, candidate) -> javers(ALIGNED, primary, candidate));
    }

    /** JaVers ignores order only where a type says that there is none. */
    static Contender<Object> javersSets() {
        return new Contender<>(
                JAVERS, Document::unordered, (primary, candidate) -> javers(IN_ORDER, primary, candidate));
    }

    static Contender<Unread> assertjText() {
        return new Contender<>(
                ASSERTJ,
                Document::unread,
                (primary, candidate) -> assertj(primary.read(), candidate.read(), RECURSIVE));
    }

    static Contender<Object> assertjObjects() {
        return new Contender<>(
                ASSERTJ, Document::object, (primary, candidate) -> assertj(primary, candidate, RECURSIVE));
    }

    static Contender<Object> assertjObjectsInAnyOrder() {
        return new Contender<>(
                ASSERTJ, Document::object, (primary, candidate) -> assertj(primary, candidate, RECURSIVE_IN_ANY_ORDER));
    }

    private static int someUnless(boolean areEqual) {
        return areEqual ? 0 : Contender.SOME;
    }

    private static int jsonUnit(Object primary, Object candidate, Configuration configuration) {
        int[] differences = {0};
        Diff.create(
                        primary,
                        candidate,
                        "candidate",
                        "",
                        configuration.withDifferenceListener((difference, context) -> differences[0]++))
                .similar();
        return differences[0];
    }

    private static int jsonAssert(JSONCompareResult result) {
        int located = result.getFieldFailures().size()
                + result.getFieldMissing().size()
                + result.getFieldUnexpected().size();
        return located == 0 && result.failed() ? Contender.SOME : located;
    }

    private static int javers(Javers javers, Object primary, Object candidate) {
        return javers.compare(primary, candidate).getChanges().size();
    }

    private static int assertj(Object primary, Object candidate, RecursiveComparisonConfiguration configuration) {
        return CALCULATOR
                .determineDifferences(candidate, primary, configuration)
                .size();
    }
}
