package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.util.function.Function;

/** Refuses to write a value, where writing it could load something or take it from the caller. */
final class Jackson2Refusal extends JsonSerializer<Object> {

    private final Function<Object, RuntimeException> refusal;

    Jackson2Refusal(Function<Object, RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /** Refuses to write values of a type, which can be read once or which only the application knows how to write. */
    static Jackson2Refusal of(Class<?> type) {
        return new Jackson2Refusal(value -> StoredMembers.refusal(type));
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider context) {
        throw refusal.apply(value);
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator json, SerializerProvider context, TypeSerializer types) {
        throw refusal.apply(value);
    }
}
