package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a serializer: it writes a value that is not loaded as a mark, a proxy as the value that it stands for,
 * and an entity inside itself as how far above it is.
 */
final class Jackson2Guard extends JsonSerializer<Object> implements ContextualSerializer, ResolvableSerializer {

    private final JsonSerializer<Object> serializer;

    @SuppressWarnings("unchecked") // the mapper passes it the type of that serializer, in whose place it stands
    Jackson2Guard(JsonSerializer<?> serializer) {
        this.serializer = (JsonSerializer<Object>) serializer;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider context) throws IOException {
        write(value, json, context, null);
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator json, SerializerProvider context, TypeSerializer types)
            throws IOException {
        write(value, json, context, types);
    }

    private void write(Object value, JsonGenerator json, SerializerProvider context, @Nullable TypeSerializer types)
            throws IOException {
        Object seen = Laziness.seen(value);
        if (seen == NotLoaded.PLACE) {
            json.writeString(marks(context).notLoaded());
        } else if (seen == null) {
            json.writeNull(); // the value in a holder
        } else if (seen != value) {
            JsonSerializer<Object> other = context.findValueSerializer(seen.getClass(), null);
            write(other, seen, json, context, types);
        } else if (StoredMembers.isOfSession(value.getClass()) && !serializer.usesObjectId()) {
            SnapshotMarks marks = marks(context);
            String mark = marks.enter(value, json.getOutputContext().getNestingDepth());
            if (mark != null) {
                json.writeString(mark);
                return;
            }
            write(serializer, value, json, context, types);
            marks.leave(value);
        } else {
            write(serializer, value, json, context, types);
        }
    }

    private static void write(
            JsonSerializer<Object> serializer,
            Object value,
            JsonGenerator json,
            SerializerProvider context,
            @Nullable TypeSerializer types)
            throws IOException {
        if (types == null) {
            serializer.serialize(value, json, context);
        } else {
            serializer.serializeWithType(value, json, context, types);
        }
    }

    static SnapshotMarks marks(SerializerProvider context) {
        return (SnapshotMarks) Objects.requireNonNull(context.getAttribute(SnapshotMarks.class));
    }

    @Override
    public boolean isEmpty(SerializerProvider context, Object value) {
        return value == null || (Laziness.seen(value) == value && serializer.isEmpty(context, value));
    }

    @Override
    public boolean usesObjectId() {
        return serializer.usesObjectId();
    }

    @Override
    public boolean isUnwrappingSerializer() {
        return serializer.isUnwrappingSerializer();
    }

    @Override
    public JsonSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return serializer.unwrappingSerializer(names);
    }

    @Override
    public void resolve(SerializerProvider context) throws JsonMappingException {
        if (serializer instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(context);
        }
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonSerializer<?> other = serializer instanceof ContextualSerializer contextual
                ? contextual.createContextual(context, property)
                : serializer;
        return other == serializer ? this : new Jackson2Guard(other);
    }
}
