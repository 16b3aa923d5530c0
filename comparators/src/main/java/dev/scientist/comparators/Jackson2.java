package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes and reads with Jackson 2. */
final class Jackson2 implements JsonLibrary {

    // Names come from traffic: they are not kept in the virtual machine's table of strings.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool()) // two documents are open at a time
            .build();

    private final ObjectMapper own;
    private final ObjectMapper mapper;

    private Jackson2(ObjectMapper own) {
        this.own = own;
        this.mapper = Jackson2Closed.copy(own);
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
    public String name() {
        return "Jackson 2";
    }

    @Override
    public boolean isTree(Object value) {
        return value instanceof JsonNode;
    }

    @Override
    public Trees trees() {
        return NodeTrees.NODES;
    }

    @Override
    public byte[] write(Object value) throws IOException {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    public SnapshotWriter snapshots() {
        return new Jackson2Snapshots(own);
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
    public @Nullable String limit(Exception failure) {
        // The message names the limit; without its part in brackets there is one message for each limit.
        return failure instanceof StreamConstraintsException
                ? String.valueOf(failure.getMessage()).replaceAll("(?s) ?[(].*", "")
                : null;
    }

    @Override
    public String reason(Exception failure) {
        JsonLocation location = failure instanceof JsonProcessingException broken ? broken.getLocation() : null;
        return location == null
                ? failure.getClass().getSimpleName()
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Holds the library that is made when first asked for: finding modules takes a while. */
    private static final class Standard {
        // An object that shows nothing fails: written as {} it would be equal to any other.
        static final JsonLibrary LIBRARY = new Jackson2(JsonMapper.builder()
                .findAndAddModules()
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addModule(refusing())
                .build());

        private static SimpleModule refusing() {
            SimpleModule module = new SimpleModule("refusing");
            StoredMembers.UNWRITABLE.forEach(type -> module.addSerializer(new Refusal(type)));
            return module;
        }
    }

    /** Refuses to write values of a type. */
    private static final class Refusal extends StdSerializer<Object> {

        private static final long serialVersionUID = 1L;

        Refusal(Class<?> type) {
            super(type, true);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializerProvider context) {
            throw new IllegalStateException("can be read once, or is not there yet");
        }
    }

    /** Trees of {@link JsonNode}, as this library would write them. */
    private enum NodeTrees implements Trees {
        NODES;

        @Override
        public JsonTokens.Kind kind(@Nullable Object node) {
            JsonNode value = node(node);
            return switch (value.getNodeType()) {
                case OBJECT -> JsonTokens.Kind.OBJECT;
                case ARRAY -> JsonTokens.Kind.ARRAY;
                case STRING -> JsonTokens.Kind.TEXT;
                case NUMBER -> number(value);
                case BOOLEAN -> value.booleanValue() ? JsonTokens.Kind.TRUE : JsonTokens.Kind.FALSE;
                case NULL -> JsonTokens.Kind.NULL;
                case BINARY, MISSING, POJO -> throw new Unwritten();
            };
        }

        @Override
        public int size(@Nullable Object container) {
            return node(container).size();
        }

        @Override
        public Iterator<Map.Entry<String, JsonNode>> fields(@Nullable Object object) {
            return node(object).properties().iterator();
        }

        @Override
        public Object field(@Nullable Object object, String name) {
            JsonNode value = node(object).get(name);
            return value == null ? Gap.ABSENT : value;
        }

        @Override
        public Object element(@Nullable Object array, int index) {
            return node(array).get(index);
        }

        @Override
        public boolean areSame(JsonTokens.Kind kind, @Nullable Object node, @Nullable Object other) {
            JsonNode value = node(node);
            JsonNode otherValue = node(other);
            if (kind == JsonTokens.Kind.TEXT) {
                return value.textValue().equals(otherValue.textValue());
            }
            if (kind != JsonTokens.Kind.NUMBER) {
                return true;
            }
            if (isLong(value) && isLong(otherValue)) {
                return value.longValue() == otherValue.longValue();
            }
            if (value.isDouble() && otherValue.isDouble()) {
                return value.doubleValue() == otherValue.doubleValue();
            }
            return decimal(value).compareTo(decimal(otherValue)) == 0;
        }

        @Override
        public @Nullable Object scalar(JsonTokens.Kind kind, @Nullable Object node) {
            return switch (kind) {
                case TEXT -> node(node).textValue();
                case NUMBER -> decimal(node(node));
                case TRUE -> true;
                case FALSE -> false;
                case NULL -> null;
                case OBJECT, OBJECT_END, ARRAY, ARRAY_END, NAME, END ->
                    throw new IllegalStateException("no scalar: " + kind);
            };
        }

        @Override
        public @Nullable Object key(JsonTokens.Kind kind, @Nullable Object node) {
            if (kind != JsonTokens.Kind.NUMBER) {
                return scalar(kind, node);
            }
            JsonNode number = node(node);
            if (isLong(number)) {
                return number.longValue();
            }
            return number.isDouble()
                    ? Numbers.canonical(number.doubleValue())
                    : Numbers.canonicalAmongDoubles(decimal(number));
        }

        @Override
        public boolean areSeenEqual(@Nullable Object node, @Nullable Object other, int depth) {
            return areEqual(node(node), node(other), depth);
        }

        private static boolean areEqual(JsonNode node, JsonNode other, int depth) {
            if (node instanceof ObjectNode) {
                return other instanceof ObjectNode && haveEqualFields(node, other, depth - 1);
            }
            if (node instanceof ArrayNode) {
                return other instanceof ArrayNode && haveEqualElements(node, other, depth - 1);
            }
            // Texts and numbers of one class are equal as Java sees it only if they are equal as JSON; POJOs may
            // differ.
            return !(node instanceof POJONode) && node.equals(other);
        }

        private static boolean haveEqualFields(JsonNode node, JsonNode other, int depth) {
            if (depth < 0 || node.size() != other.size()) {
                return false;
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonNode counterpart = other.get(field.getKey());
                if (counterpart == null || !areEqual(field.getValue(), counterpart, depth)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean haveEqualElements(JsonNode node, JsonNode other, int depth) {
            int size = node.size();
            if (depth < 0 || size != other.size()) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                if (!areEqual(node.get(i), other.get(i), depth)) {
                    return false;
                }
            }
            return true;
        }

        private static JsonTokens.Kind number(JsonNode number) {
            if (number.isDouble() || number.isFloat()) {
                double value = number.doubleValue();
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    throw new Unwritten(); // it is written as text
                }
            } else if (number.isBigDecimal() && !Numbers.isWithinLimit(number.decimalValue())) {
                throw new Unwritten();
            }
            return JsonTokens.Kind.NUMBER;
        }

        private static boolean isLong(JsonNode number) {
            return number.isInt() || number.isLong() || number.isShort();
        }

        /** Gives the number that a reader would understand of the written one. */
        private static BigDecimal decimal(JsonNode number) {
            if (isLong(number)) {
                return BigDecimal.valueOf(number.longValue());
            }
            if (number.isFloat()) {
                return new BigDecimal(Float.toString(number.floatValue()));
            }
            return number.decimalValue();
        }

        private static JsonNode node(@Nullable Object node) {
            return (JsonNode) Objects.requireNonNull(node);
        }
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
        public String name() throws IOException {
            return parser.currentName();
        }

        @Override
        public String text() throws IOException {
            return parser.getText();
        }

        @Override
        public char[] chars() throws IOException {
            return parser.getTextCharacters();
        }

        @Override
        public int offset() throws IOException {
            return parser.getTextOffset();
        }

        @Override
        public int length() throws IOException {
            return parser.getTextLength();
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
