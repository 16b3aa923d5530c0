package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/** Writes and reads with Jackson 3. */
final class Jackson3 implements JsonLibrary {

    // Names come from traffic: they are not kept in the virtual machine's table of strings.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final ObjectMapper own;
    private final ObjectMapper mapper;

    private Jackson3(ObjectMapper own) {
        this.own = own;
        this.mapper = Jackson3Closed.copy(own);
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
    public String name() {
        return "Jackson 3";
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
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    public SnapshotWriter snapshots() {
        return new Jackson3Snapshots(own);
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
    public @Nullable String limit(Exception failure) {
        // The message names the limit; without its part in brackets there is one message for each limit.
        return failure instanceof StreamConstraintsException
                ? String.valueOf(failure.getMessage()).replaceAll("(?s) ?[(].*", "")
                : null;
    }

    @Override
    public String reason(Exception failure) {
        TokenStreamLocation location = failure instanceof JacksonException broken ? broken.getLocation() : null;
        return location == null
                ? failure.getClass().getSimpleName()
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Holds the library that is made when first asked for: finding modules takes a while. */
    private static final class Standard {
        // An object that shows nothing fails: written as {} it would be equal to any other.
        static final JsonLibrary LIBRARY = new Jackson3(JsonMapper.builder()
                .findAndAddModules()
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addModule(refusing())
                .build());

        private static SimpleModule refusing() {
            SimpleModule module = new SimpleModule("refusing");
            StoredMembers.UNWRITABLE.forEach(type -> module.addSerializer(type, Jackson3Refusal.of(type)));
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
            return text.stringValue();
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
        public Kind next() {
            JsonToken token = parser.nextToken();
            return token == null ? Kind.END : Kind.read(token.id());
        }

        @Override
        public String name() {
            return parser.currentName();
        }

        @Override
        public String text() {
            return parser.getString();
        }

        @Override
        public char[] chars() {
            return parser.getStringCharacters();
        }

        @Override
        public int offset() {
            return parser.getStringOffset();
        }

        @Override
        public int length() {
            return parser.getStringLength();
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
