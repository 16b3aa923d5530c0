package dev.scientist.benchmarks.comparators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer, in whatever form a contender takes it. Each call makes a new one, so that the two sides share nothing.
 *
 * @param text JSON
 */
record Document(String text) {

    private static final int DEEPEST = 100_000; // deeper than Jackson reads by default, for documents that are

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

    static Document of(Object tree, Notation notation) {
        return new Document(notation.write(tree));
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

    <T> T as(Class<T> type) throws IOException {
        return JACKSON_2.readValue(text, type);
    }
}
