package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;

/** Jackson 2. The only class that knows it. */
final class Jackson2 implements JsonLibrary {

    // Names come from traffic: they are not kept in the virtual machine's table of strings.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final ObjectMapper mapper;

    private Jackson2(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    static JsonLibrary standard() {
        return Standard.LIBRARY;
    }

    /** Writes trees of this line where another one, or another mapper, writes objects. */
    static JsonLibrary forTrees() {
        return new Jackson2(JsonMapper.builder().build());
    }

    static boolean isMapper(Object candidate) {
        return candidate instanceof ObjectMapper;
    }

    static JsonLibrary of(Object mapper) {
        ObjectMapper own = (ObjectMapper) mapper;
        JsonLibrary.requireJson(own, own.getFactory().getFormatName());
        return new Jackson2(own);
    }

    @Override
    public boolean isTree(Object value) {
        return value instanceof JsonNode;
    }

    @Override
    public byte[] write(Object value) throws IOException {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    public JsonTokens read(String json) throws IOException {
        return new Tokens(FACTORY.createParser(json));
    }

    @Override
    public JsonTokens read(byte[] json) throws IOException {
        return new Tokens(FACTORY.createParser(json));
    }

    @Override
    public String reason(Exception failure) {
        if (failure instanceof StreamConstraintsException) {
            return String.valueOf(failure.getMessage()); // names the limit and quotes nothing
        }
        JsonLocation location = failure instanceof JsonProcessingException broken ? broken.getLocation() : null;
        return location == null
                ? failure.getClass().getSimpleName()
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Made when first asked for: finding modules takes a while. */
    private static final class Standard {
        // An object that shows nothing fails: written as {} it would be equal to any other.
        static final JsonLibrary LIBRARY = new Jackson2(JsonMapper.builder()
                .findAndAddModules()
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build());
    }

    private record Tokens(JsonParser parser) implements JsonTokens {

        @Override
        public Kind next() throws IOException {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Kind.END;
            }
            return switch (token) {
                case START_OBJECT -> Kind.OBJECT;
                case END_OBJECT -> Kind.OBJECT_END;
                case START_ARRAY -> Kind.ARRAY;
                case END_ARRAY -> Kind.ARRAY_END;
                case FIELD_NAME -> Kind.NAME;
                case VALUE_STRING -> Kind.TEXT;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
                case VALUE_TRUE -> Kind.TRUE;
                case VALUE_FALSE -> Kind.FALSE;
                case VALUE_NULL -> Kind.NULL;
                case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("not JSON: " + token);
            };
        }

        @Override
        public String text() throws IOException {
            return parser.getText();
        }

        @Override
        public BigDecimal number() throws IOException {
            return parser.getDecimalValue();
        }

        @Override
        public void skipChildren() throws IOException {
            parser.skipChildren();
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
