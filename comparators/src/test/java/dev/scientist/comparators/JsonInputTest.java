package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.scientist.Difference;
import dev.scientist.UncomparableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonInputTest {

    private static final com.fasterxml.jackson.databind.ObjectMapper JACKSON_2 =
            new com.fasterxml.jackson.databind.ObjectMapper();
    private static final tools.jackson.databind.ObjectMapper JACKSON_3 = new tools.jackson.databind.ObjectMapper();

    record Quote(String id, BigDecimal price, List<String> tags) {}

    /** Fails when it is touched. */
    record Lazy(String name) {
        @Override
        public String name() {
            throw new IllegalStateException("no session for " + name);
        }
    }

    /** Shows nothing to a mapper. */
    static final class Opaque {}

    static final class Node {
        @JsonProperty
        Object next;
    }

    static Stream<Arguments> sameDocuments() throws Exception {
        String json = "{\"id\":\"q\",\"price\":1.50,\"tags\":[\"é\"]}";
        List<Object> answers = List.of(
                json,
                " " + json,
                CharBuffer.wrap(json),
                json.getBytes(UTF_8),
                json.getBytes(UTF_16BE),
                JACKSON_2.readTree(json),
                JACKSON_3.readTree(json),
                new Quote("q", new BigDecimal("1.5"), List.of("é")),
                Map.of("id", "q", "price", 1.5f, "tags", new String[] {"é"}));
        return answers.stream().flatMap(primary -> answers.stream().map(candidate -> Arguments.of(primary, candidate)));
    }

    @ParameterizedTest
    @MethodSource("sameDocuments")
    void everyFormOfADocumentCanBeComparedWithEveryOther(Object primary, Object candidate) {
        assertThat(json().compare(primary, candidate)).isEmpty();
        assertThat(json().mapper(JACKSON_2).compare(primary, candidate)).isEmpty();
        assertThat(json().mapper(JACKSON_3).compare(primary, candidate)).isEmpty();
    }

    @Test
    void treesOfJackson2AreComparedByValueAndNeverByClassOfNode() throws Exception {
        var nodes = JACKSON_2.getNodeFactory();
        var primary = nodes.objectNode();
        primary.put("n", 1).put("f", 0.1f).put("big", BigInteger.TWO).put("bytes", new byte[] {1, 2, 3});
        primary.putPOJO("pojo", List.of(1));
        var candidate = nodes.objectNode();
        candidate.put("n", 1L).put("f", 0.1d).put("big", new BigDecimal("2.00")).put("bytes", "AQID");
        candidate.set("pojo", JACKSON_2.readTree("[1.0]"));

        assertThat(primary).isNotEqualTo(candidate);
        assertThat(json().compare(primary, candidate)).isEmpty();
        assertThat(json().compare(primary, candidate.deepCopy().put("n", 2)))
                .extracting(Difference::path)
                .containsExactly("/n");
    }

    @Test
    void treesOfJackson3AreComparedByValueAndNeverByClassOfNode() {
        var primary = JACKSON_3.createObjectNode();
        primary.put("n", 1).put("f", 0.1f).put("big", BigInteger.TWO).put("bytes", new byte[] {1, 2, 3});
        primary.putPOJO("pojo", List.of(1));
        var candidate = JACKSON_3.createObjectNode();
        candidate.put("n", 1L).put("f", 0.1d).put("big", new BigDecimal("2.00")).put("bytes", "AQID");
        candidate.set("pojo", JACKSON_3.readTree("[1.0]"));

        assertThat(primary).isNotEqualTo(candidate);
        assertThat(json().compare(primary, candidate)).isEmpty();
        assertThat(json().compare(primary, candidate.deepCopy().put("n", 2)))
                .extracting(Difference::path)
                .containsExactly("/n");
    }

    @Test
    void nullNodesAndEmptyTreesAreValues() {
        assertThat(json().compare(JACKSON_3.nullNode(), JACKSON_2.nullNode())).isEmpty();
        assertThat(json().compare(JACKSON_3.createObjectNode(), JACKSON_3.createObjectNode()))
                .isEmpty();
        assertThat(json().compare(JACKSON_3.nullNode(), JACKSON_3.createObjectNode()))
                .hasSize(1);
    }

    @Test
    void anyObjectIsWhatTheMapperWritesOfIt() {
        assertThat(json().compare(new Quote("a", BigDecimal.ONE, List.of()), new Quote("a", BigDecimal.TEN, List.of())))
                .extracting(Difference::path)
                .containsExactly("/price");
        assertThat(json().compare(List.of(Optional.of(1)), List.of(Optional.of(2))))
                .extracting(Difference::path)
                .containsExactly("/0");
        assertThat(json().compare(Map.of("at", Instant.EPOCH), Map.of("at", Instant.EPOCH.plusMillis(1))))
                .extracting(Difference::path)
                .containsExactly("/at");
        assertThat(json().compare(Thread.State.NEW, Thread.State.RUNNABLE)).hasSize(1);
        assertThat(json().compare(OptionalInt.of(1), 1)).isEmpty();
        assertThat(json().compare(Double.NaN, Double.NaN)).isEmpty();
    }

    @Test
    void theApplicationsOwnMapperIsUsedAsItIsConfigured() {
        var snake2 = com.fasterxml.jackson.databind.json.JsonMapper.builder()
                .propertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        var snake3 = tools.jackson.databind.json.JsonMapper.builder()
                .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        Quote primary = new Quote("a", BigDecimal.ONE, List.of());
        Quote candidate = new Quote("b", BigDecimal.ONE, List.of());

        assertThat(json().mapper(snake2).compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/Id");
        assertThat(json().mapper(snake3).compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/Id");
    }

    @Test
    void aSecondMapperAndOneThatDoesNotWriteJsonAreRefusedAtOnce() {
        var binary = new com.fasterxml.jackson.databind.ObjectMapper(new com.fasterxml.jackson.core.JsonFactory() {
            @Override
            public String getFormatName() {
                return "CBOR";
            }
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().mapper(binary))
                .withMessage(
                        "mapper must write JSON but was a com.fasterxml.jackson.databind.ObjectMapper, which writes CBOR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().mapper(JACKSON_2).mapper(JACKSON_3))
                .withMessageStartingWith("mapper was set to ");
    }

    @Test
    void theSameTextIsEqualWithoutBeingRead() {
        assertThat(json().compare("not JSON", "not JSON")).isEmpty();
        assertThat(json().compare("not JSON", CharBuffer.wrap("not JSON"))).isEmpty();
        assertThat(json().compare(new byte[] {-1}, new byte[] {-1})).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void textThatIsNotJsonCannotBeCompared(String text) {
        assertUncomparable(text, "1", "the primary's answer");
        assertUncomparable("1", text, "the candidate's answer");
        assertUncomparable("1", text.getBytes(UTF_8), "the candidate's answer");
    }

    static List<String> unreadable() {
        return List.of(
                "secret",
                "",
                " ",
                "{\"a\":secret}",
                "{\"a\":1",
                "[1,]",
                "{'a':1}",
                "1 2",
                "{} {}",
                "[1]]",
                "// secret\n1",
                "01",
                "NaN",
                "\"\t\"",
                "{\"a\":1,\"a\":1}",
                "[{\"b\":{\"a\":null,\"a\":null}}]");
    }

    @Test
    void aKeyThatComesTwiceIsIgnoredWithItsPath() {
        assertThat(json().ignoring("/a").compare("{\"a\":1,\"a\":2,\"b\":1}", "{\"a\":3,\"b\":1}"))
                .isEmpty();
    }

    @Test
    void bytesThatAreNoTextCannotBeCompared() {
        assertUncomparable(new byte[] {'"', -1, '"'}, "1", "the primary's answer");
    }

    @Test
    void anObjectThatCannotBeWrittenCannotBeCompared() {
        assertUncomparable(new Lazy("secret"), new Lazy("secret"), "the primary's answer, a ");
    }

    @Test
    void whatCanBeReadOnceIsNotTakenFromTheCallerAndAFutureIsNotComparedUnread() {
        Iterator<Integer> iterator = List.of(1).iterator();
        Stream<Integer> stream = Stream.of(1);

        assertUncomparable(iterator, "[1]", "the primary's answer, a ");
        assertUncomparable("[1]", stream, "the candidate's answer, a ");
        assertUncomparable(completedFuture(1), completedFuture(2), "the primary's answer, a ");
        for (JsonLibrary library : List.of(Jackson2.standard(), Jackson3.standard())) {
            for (Object once : List.of(iterator, stream, completedFuture(1))) {
                assertThatThrownBy(() -> library.write(Map.of("a", once))).isInstanceOf(Exception.class);
            }
        }
        assertThat(iterator).hasNext();
        assertThat(stream).hasSize(1);
    }

    @Test
    void aFutureInsideAnAnswerIsRefusedWithWhatToDo() {
        Map<String, Object> answer = Map.of("a", completedFuture(1));

        assertThatThrownBy(() -> json().compare(answer, "{}"))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining(", which can be read once")
                .hasMessageEndingWith("compare what it gives");
    }

    @Test
    void anObjectThatContainsItselfCannotBeCompared() {
        Node node = new Node();
        node.next = node;
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", map);

        for (JsonComparator comparator : List.of(json(), json().mapper(JACKSON_2), json().mapper(JACKSON_3))) {
            assertThatThrownBy(() -> comparator.compare(node, 1)).isInstanceOf(UncomparableException.class);
            assertThatThrownBy(() -> comparator.compare(1, map)).isInstanceOf(UncomparableException.class);
        }
    }

    @Test
    void twoObjectsThatShowNothingAreNotEqual() {
        Opaque same = new Opaque();
        var lax2 = new com.fasterxml.jackson.databind.ObjectMapper()
                .disable(com.fasterxml.jackson.databind.SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);

        for (JsonComparator comparator : List.of(json(), json().mapper(JACKSON_3), json().mapper(lax2))) {
            assertThatThrownBy(() -> comparator.compare(new Opaque(), new Opaque()))
                    .isInstanceOf(UncomparableException.class);
            assertThat(comparator.compare(same, same)).isEmpty();
            assertThat(comparator.compare(Map.of(), new LinkedHashMap<>())).isEmpty();
        }
    }

    @Test
    void anObjectThatTheMapperCannotWriteIsUncomparableAndTheMessageNamesTheRemedy() {
        var knowsNoTimes = new com.fasterxml.jackson.databind.ObjectMapper();
        record Reading(java.time.Instant at) {}

        assertThatThrownBy(() -> json().mapper(knowsNoTimes)
                        .compare(new Reading(java.time.Instant.EPOCH), new Reading(java.time.Instant.MAX)))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the primary's answer, a " + Reading.class.getName()
                        + ", cannot be written as JSON; say which mapper writes it: json().mapper(mapper)");
    }

    private static void assertUncomparable(Object primary, Object candidate, String side) {
        for (JsonComparator comparator : List.of(json(), json().mapper(JACKSON_2))) {
            assertThatThrownBy(() -> comparator.compare(primary, candidate))
                    .isInstanceOf(UncomparableException.class)
                    .hasMessageStartingWith(side)
                    .hasMessageNotContaining("secret");
        }
    }
}
