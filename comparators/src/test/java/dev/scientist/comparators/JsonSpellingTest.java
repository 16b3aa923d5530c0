package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every kind of document that RFC 8259 allows equals itself, however it is spelt, and nothing else. */
class JsonSpellingTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<JsonComparator> COMPARATORS = List.of(
            json(),
            json().ignoringArrayOrder(),
            json().ignoring("/elsewhere"),
            json().tolerance(0),
            json().rules(Rule.at("/**").byKey("/id")));

    /** A document, the same one spelt otherwise, and another one. */
    static Stream<Arguments> documents() {
        return Stream.of(
                // values alone
                Arguments.of("42", " 42.0", "43"),
                Arguments.of("-0.5", "-5e-1", "0.5"),
                Arguments.of("-0", "0", "1"),
                Arguments.of("true", "\ttrue\n", "false"),
                Arguments.of("null", "null\r\n", "0"),
                Arguments.of("\"\"", " \"\" ", "\" \""),
                Arguments.of("\"text\"", "\"\\u0074e\\u0078t\"", "\"Text\""),
                // arrays
                Arguments.of("[]", "[ \n]", "[[]]"),
                Arguments.of("[[]]", "[ [ ] ]", "[{}]"),
                Arguments.of("[\"\"]", "[\t\"\"]", "[null]"),
                Arguments.of("[null,1,\"1\",{}]", "[ null , 1e0 , \"\\u0031\" , { } ]", "[null,1,1,{}]"),
                Arguments.of("[1,null,null,null,2]", "[1.0,null,null,null,2]", "[1,null,null,2]"),
                Arguments.of("[[[[[[[[[[1]]]]]]]]]]", "[[[[[[[[[[ 1 ]]]]]]]]]]", "[[[[[[[[[1]]]]]]]]]"),
                // numbers
                Arguments.of("[123e65]", "[1.23E+67]", "[123e66]"),
                Arguments.of("[0e+1]", "[0]", "[1]"),
                Arguments.of("[0e1]", "[0.000]", "[0.001]"),
                Arguments.of("[20e1]", "[200]", "[20]"),
                Arguments.of("[1E22]", "[10000000000000000000000]", "[10000000000000000000001]"),
                Arguments.of("[1E-2]", "[0.01]", "[0.010000000000000000001]"),
                Arguments.of("[123.456e78]", "[123456E75]", "[123456E76]"),
                Arguments.of("[-123]", "[-123.00]", "[123]"),
                Arguments.of(
                        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
                        "[-1e-78]",
                        "[1e-78]"),
                Arguments.of("[18446744073709551616]", "[18446744073709551616.0]", "[18446744073709551615]"),
                // objects
                Arguments.of("{}", "{\n}", "[]"),
                Arguments.of("{\"\":0}", "{ \"\" : 0 }", "{\" \":0}"),
                Arguments.of(
                        "{\"a\":\"b\",\"c\":\"d\"}", "{\"c\":\"d\",\"\\u0061\":\"b\"}", "{\"a\":\"d\",\"c\":\"b\"}"),
                Arguments.of("{\"a\\u0000b\":1}", "{\"a\\u0000b\": 1}", "{\"ab\":1}"),
                Arguments.of("{\"a\":[]}", "{\"a\":[ ]}", "{\"a\":{}}"),
                Arguments.of(
                        "{\"min\":-1.0e+28,\"max\":1.0e+28}",
                        "{\"max\":1e28,\"min\":-1e28}",
                        "{\"max\":-1e28,\"min\":1e28}"),
                Arguments.of(
                        "{\"x\":[{\"id\":\"0123456789\"}],\"id\":\"9876543210\"}",
                        "{\"id\":\"9876543210\",\"x\":[{\"id\":\"0123456789\"}]}",
                        "{\"x\":[{\"id\":\"9876543210\"}],\"id\":\"0123456789\"}"),
                // text: escapes, characters of one to four bytes, and those that look like none
                Arguments.of(
                        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
                        "[\"\\u0022\\u005c/\\u0008\\u000c\\u000A\\u000D\\u0009\"]",
                        "[\"\\\"\\\\\\/\\b\\f\\n\\r \"]"),
                Arguments.of("[\"\\\\u0061\"]", "[\"\\u005cu0061\"]", "[\"a\"]"),
                Arguments.of("[\"\\\\n\"]", "[\"\\u005Cn\"]", "[\"\\n\"]"),
                Arguments.of("[\"\\u0060\\u012a\\u12AB\"]", "[\"`Ī\\u12ab\"]", "[\"`Ī\"]"),
                Arguments.of("[\"\\uD801\\uDC37\"]", "[\"\ud801\udc37\"]", "[\"\\uD801\\uDC38\"]"),
                Arguments.of(
                        "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
                        "[\"\ud83d\ude39\\ud83d\\udc8d\"]",
                        "[\"\\ud83d\\ude39\"]"),
                Arguments.of("[\"\\u0000\"]", "[ \"\\u0000\" ]", "[\"\\\\u0000\"]"),
                Arguments.of("[\"\\u002c\"]", "[\",\"]", "[\";\"]"),
                Arguments.of("[\"\u007f\"]", "[\"\\u007F\"]", "[\"\"]"),
                Arguments.of("[\"\u2028\u2029\"]", "[\"\\u2028\\u2029\"]", "[\"\\n\\n\"]"),
                Arguments.of("[\"\uFFFF\uFDD0\"]", "[\"\\uffff\\ufdd0\"]", "[\"\uFFFE\"]"),
                Arguments.of("[\"\\uDBFF\\uDFFF\"]", "[\"\udbff\udfff\"]", "[\"\\uDBFF\\uDFFE\"]"),
                Arguments.of("[\"\\u200B\\u2064\\uFEFF\"]", "[\"\u200b\u2064\ufeff\"]", "[\"\"]"),
                Arguments.of("[\"π\"]", "[\"\\u03C0\"]", "[\"p\"]"),
                Arguments.of("[\"a/*b*/c/*d//e\"]", "[\"a\\/*b*\\/c\\/*d\\/\\/e\"]", "[\"ac\"]"),
                Arguments.of("[\"asd \"]", "[\"asd\\u0020\"]", "[\"asd\"]"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentEqualsItselfSpeltOtherwiseAndDiffersFromAnother(String document, String same, String other) {
        for (JsonComparator comparator : COMPARATORS) {
            assertThat(comparator.compare(document, same)).isEmpty();
            assertThat(comparator.compare(document.getBytes(UTF_8), same.getBytes(UTF_8)))
                    .isEmpty();
            assertThat(comparator.compare(MAPPER.readTree(document), MAPPER.readTree(same)))
                    .isEmpty();
            assertThat(comparator.compare(document, other)).isNotEmpty();
            assertThat(comparator.compare(MAPPER.readTree(document), MAPPER.readTree(other)))
                    .isNotEmpty();
        }
    }

    /** Two documents, between which a JSON Patch has every kind of thing to do. */
    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("{\"foo\":\"bar\"}", "{\"foo\":\"bar\",\"baz\":\"qux\"}"),
                Arguments.of("{\"foo\":[\"bar\",\"baz\"]}", "{\"foo\":[\"bar\",\"qux\",\"baz\"]}"),
                Arguments.of("{\"baz\":\"qux\",\"foo\":\"bar\"}", "{\"foo\":\"bar\"}"),
                Arguments.of("{\"foo\":[\"bar\",\"qux\",\"baz\"]}", "{\"foo\":[\"bar\",\"baz\"]}"),
                Arguments.of(
                        "{\"foo\":1,\"baz\":[{\"qux\":\"hello\"}]}", "{\"foo\":[1,2],\"baz\":[{\"qux\":\"world\"}]}"),
                Arguments.of(
                        "{\"foo\":{\"bar\":\"baz\",\"waldo\":\"fred\"},\"qux\":{\"corge\":\"grault\"}}",
                        "{\"foo\":{\"bar\":\"baz\"},\"qux\":{\"corge\":\"grault\",\"thud\":\"fred\"}}"),
                Arguments.of(
                        "{\"foo\":[\"all\",\"grass\",\"cows\",\"eat\"]}",
                        "{\"foo\":[\"all\",\"cows\",\"eat\",\"grass\"]}"),
                Arguments.of("{\"foo\":null}", "{}"),
                Arguments.of("{}", "{\"foo\":null}"),
                Arguments.of("{\"foo\":null}", "{\"foo\":[null]}"),
                Arguments.of("{\"foo\":1}", "{\"foo\":\"1\"}"),
                Arguments.of("{\"/\":9,\"~1\":10}", "{\"/\":10,\"~1\":9}"),
                Arguments.of(
                        "{\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}",
                        "{\"\":1,\"a/b\":2,\"c%d\":3,\"e^f\":4,\"g|h\":5,\"i\\\\j\":6,\"k\\\"l\":7,\" \":8,\"m~n\":9}"),
                Arguments.of("{\"~01\":1}", "{\"~01\":2,\"~10\":3}"),
                Arguments.of("{\"1\":{\"0\":1},\"-\":2}", "{\"1\":{\"0\":2,\"1\":3},\"-\":[2]}"),
                Arguments.of("[]", "[1]"),
                Arguments.of("[1,2,3,4]", "[]"),
                Arguments.of("[1,2,3,4]", "[4,3,2,1]"),
                Arguments.of("[1,[2,[3,[4]]]]", "[[2,[[4],3]],1,1]"),
                Arguments.of("[{\"id\":1},{\"id\":2},{\"id\":3}]", "[{\"id\":0},{\"id\":1},{\"id\":3,\"n\":[1]}]"),
                Arguments.of("\"foo\"", "\"bar\""),
                Arguments.of("{\"a\":1}", "[1]"),
                Arguments.of("null", "{\"a\":[]}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theJsonPatchOfTheDifferencesMakesTheCandidateOfThePrimary(String primary, String candidate) {
        assertPatched(primary, candidate);
        assertPatched(candidate, primary);
    }

    private static void assertPatched(String primary, String candidate) {
        List<Difference> differences = json().compare(primary, candidate);
        String patch = DifferenceReport.of(differences, Redactor.showingAll()).jsonPatch();

        Object patched = AppliedPatch.of(MAPPER.readValue(primary, Object.class), patch);

        assertThat(differences).isNotEmpty();
        assertThat(patched).isEqualTo(MAPPER.readValue(candidate, Object.class));
    }
}
