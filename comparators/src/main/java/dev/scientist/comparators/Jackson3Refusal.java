package dev.scientist.comparators;

import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Refuses to write a value, where writing it could load something or take it from the caller. */
final class Jackson3Refusal extends ValueSerializer<Object> {

    private final Function<Object, RuntimeException> refusal;

    Jackson3Refusal(Function<Object, RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /** Refuses to write values of a type, which can be read once or which only the application knows how to write. */
    static Jackson3Refusal of(Class<?> type) {
        return new Jackson3Refusal(value -> StoredMembers.refusal(type));
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        throw refusal.apply(value);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer types) {
        throw refusal.apply(value);
    }
}
