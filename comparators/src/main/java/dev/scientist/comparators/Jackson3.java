package dev.scientist.comparators;

import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Jackson 3. The only class that knows it. */
final class Jackson3 implements JsonLibrary {

    // Names come from traffic: they are not kept in the virtual machine's table of strings.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final ObjectMapper mapper;

    private Jackson3(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    static JsonLibrary standard() {
        return Standard.LIBRARY;
    }

    /** Writes trees of this line where another one, or another mapper, writes objects. */
    static JsonLibrary forTrees() {
        return new Jackson3(JsonMapper.builder().build());
    }

    static boolean isMapper(Object candidate) {
        return candidate instanceof ObjectMapper;
    }

    static JsonLibrary of(Object mapper) {
        ObjectMapper own = (ObjectMapper) mapper;
        JsonLibrary.requireJson(own, own.tokenStreamFactory().getFormatName());
        return new Jackson3(own);
    }

    @Override
    public boolean isTree(Object value) {
        return value instanceof JsonNode;
    }

    @Override
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    public JsonTokens read(String json) {
        return new Tokens(FACTORY.createParser(ObjectReadContext.empty(), json));
    }

    @Override
    public JsonTokens read(byte[] json) {
        return new Tokens(FACTORY.createParser(ObjectReadContext.empty(), json));
    }

    @Override
    public String reason(Exception failure) {
        if (failure instanceof StreamConstraintsException) {
            return String.valueOf(failure.getMessage()); // names the limit and quotes nothing
        }
        TokenStreamLocation location = failure instanceof JacksonException broken ? broken.getLocation() : null;
        return location == null
                ? failure.getClass().getSimpleName()
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Made when first asked for: finding modules takes a while. */
    private static final class Standard {
        // An object that shows nothing fails: written as {} it would be equal to any other.
        static final JsonLibrary LIBRARY = new Jackson3(JsonMapper.builder()
                .findAndAddModules()
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build());
    }

    private record Tokens(JsonParser parser) implements JsonTokens {

        @Override
        public Kind next() {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Kind.END;
            }
            return switch (token) {
                case START_OBJECT -> Kind.OBJECT;
                case END_OBJECT -> Kind.OBJECT_END;
                case START_ARRAY -> Kind.ARRAY;
                case END_ARRAY -> Kind.ARRAY_END;
                case PROPERTY_NAME -> Kind.NAME;
                case VALUE_STRING -> Kind.TEXT;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
                case VALUE_TRUE -> Kind.TRUE;
                case VALUE_FALSE -> Kind.FALSE;
                case VALUE_NULL -> Kind.NULL;
                case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("not JSON: " + token);
            };
        }

        @Override
        public String text() {
            return parser.getString();
        }

        @Override
        public BigDecimal number() {
            return parser.getDecimalValue();
        }

        @Override
        public void skipChildren() {
            parser.skipChildren();
        }

        @Override
        public void close() {
            parser.close();
        }
    }
}
