package dev.scientist.benchmarks.comparators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer, in each form that a contender may take. Each call makes a new object, so that documents share nothing.
 *
 * @param text JSON
 * @param type the application's type of the answer, for contenders that compare objects
 * @param unorderedType the same for a contender that needs another type where order does not matter
 */
record Document(String text, Class<?> type, Class<?> unorderedType) {

    private static final int DEEPEST = 100_000; // by default Jackson refuses documents that are as deep as some cases

    static final ObjectMapper JACKSON_2 = new ObjectMapper(com.fasterxml.jackson.core.JsonFactory.builder()
            .streamReadConstraints(com.fasterxml.jackson.core.StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build());
    static final JsonMapper JACKSON_3 = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    /** A document without a type of its own. */
    static Document of(String text) {
        return new Document(text, Object.class, Object.class);
    }

    static Document ofOrders(Object tree, Notation notation) {
        return new Document(notation.write(tree), Trees.OrderBook.class, Trees.OrderBook.class);
    }

    static Document ofStock(Object tree) {
        return new Document(Notation.PLAIN.write(tree), Trees.Stock.class, Trees.UnorderedStock.class);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode jackson2() throws IOException {
        return JACKSON_2.readTree(text);
    }

    tools.jackson.databind.JsonNode jackson3() {
        return JACKSON_3.readTree(text);
    }

    Object object() throws IOException {
        return JACKSON_2.readValue(text, type);
    }

    Object unordered() throws IOException {
        return JACKSON_2.readValue(text, unorderedType);
    }

    Unread unread() {
        return new Unread(bytes(), type);
    }

    /**
     * A document for contenders that compare objects but read them from JSON first.
     *
     * @param bytes JSON in UTF-8
     * @param type what to read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unread(byte[] bytes, Class<?> type) {

        Object read() throws IOException {
            return JACKSON_2.readValue(bytes, type);
        }
    }
}
