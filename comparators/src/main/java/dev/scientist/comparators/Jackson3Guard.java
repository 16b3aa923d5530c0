package dev.scientist.comparators;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.util.NameTransformer;

/**
 * Stands before a serializer: it writes a value that is not loaded as a mark, a proxy as the value that it stands for,
 * and an entity inside itself as how far above it is.
 */
final class Jackson3Guard extends ValueSerializer<Object> {

    private final ValueSerializer<Object> serializer;

    @SuppressWarnings("unchecked") // the mapper passes it the type of that serializer, in whose place it stands
    Jackson3Guard(ValueSerializer<?> serializer) {
        this.serializer = (ValueSerializer<Object>) serializer;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        write(value, json, context, null);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer types) {
        write(value, json, context, types);
    }

    private void write(Object value, JsonGenerator json, SerializationContext context, @Nullable TypeSerializer types) {
        Object seen = Laziness.seen(value);
        if (seen == NotLoaded.PLACE) {
            json.writeString(marks(context).notLoaded());
        } else if (seen == null) {
            json.writeNull(); // the value in a holder
        } else if (seen != value) {
            ValueSerializer<Object> other = context.findPrimaryPropertySerializer(seen.getClass(), null);
            write(other, seen, json, context, types);
        } else if (StoredMembers.isOfSession(value.getClass()) && !serializer.usesObjectId()) {
            SnapshotMarks marks = marks(context);
            String mark = marks.enter(value, json.streamWriteContext().getNestingDepth());
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
            ValueSerializer<Object> serializer,
            Object value,
            JsonGenerator json,
            SerializationContext context,
            @Nullable TypeSerializer types) {
        if (types == null) {
            serializer.serialize(value, json, context);
        } else {
            serializer.serializeWithType(value, json, context, types);
        }
    }

    static SnapshotMarks marks(SerializationContext context) {
        return (SnapshotMarks) Objects.requireNonNull(context.getAttribute(SnapshotMarks.class));
    }

    @Override
    public boolean isEmpty(SerializationContext context, Object value) {
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
    public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return serializer.unwrappingSerializer(names);
    }

    @Override
    public void resolve(SerializationContext context) {
        serializer.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
        ValueSerializer<?> other = serializer.createContextual(context, property);
        return other == serializer ? this : new Jackson3Guard(other);
    }
}
