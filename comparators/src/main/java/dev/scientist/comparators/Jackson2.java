package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
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
        return Nodes.NODES;
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
            StoredMembers.UNWRITABLE.forEach(type -> module.addSerializer(type, Jackson2Refusal.of(type)));
            return module;
        }
    }

    /** Looks into nodes of this library. */
    private static final class Nodes extends NodeTrees<JsonNode> {

        static final Nodes NODES = new Nodes();

        @Override
        int token(JsonNode node) {
            return node.asToken().id();
        }

        @Override
        int sizeOf(JsonNode container) {
            return container.size();
        }

        @Override
        Set<Map.Entry<String, JsonNode>> fieldsOf(JsonNode object) {
            return object.properties();
        }

        @Override
        @Nullable
        JsonNode get(JsonNode object, String name) {
            return object.get(name);
        }

        @Override
        JsonNode get(JsonNode array, int index) {
            return array.get(index);
        }

        @Override
        String text(JsonNode text) {
            return text.textValue();
        }

        @Override
        Number number(JsonNode number) {
            return number.numberValue();
        }

        @Override
        boolean areEqual(JsonNode node, JsonNode other, int depth) {
            if (node instanceof ObjectNode) {
                return depth > 0 && other instanceof ObjectNode && haveEqualFields(node, other, depth - 1);
            }
            if (node instanceof ArrayNode) {
                return depth > 0 && other instanceof ArrayNode && haveEqualElements(node, other, depth - 1);
            }
            // Texts and numbers of one class are equal as Java sees it only if they are equal as JSON; POJOs may
            // differ.
            return !(node instanceof POJONode) && node.equals(other);
        }

        private boolean haveEqualFields(JsonNode node, JsonNode other, int depth) {
            if (node.size() != other.size()) {
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

        private boolean haveEqualElements(JsonNode node, JsonNode other, int depth) {
            boolean areEqual = node.size() == other.size();
            for (int i = 0; areEqual && i < node.size(); i++) {
                areEqual = areEqual(node.get(i), other.get(i), depth);
            }
            return areEqual;
        }
    }

    private record Tokens(JsonParser parser) implements JsonTokens {

        @Override
        public Kind next() throws IOException {
            JsonToken token = parser.nextToken();
            return token == null ? Kind.END : Kind.read(token.id());
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
