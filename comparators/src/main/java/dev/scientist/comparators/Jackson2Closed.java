package dev.scientist.comparators;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.CollectionLikeType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapLikeType;
import com.fasterxml.jackson.databind.type.MapType;

/**
 * Keeps a mapper of Jackson 2 from opening objects that share their session or position with the caller. It is asked
 * once for each class, when the mapper makes its serializer, so that writing costs no more than before.
 */
final class Jackson2Closed extends BeanSerializerModifier {

    private static final long serialVersionUID = 1L;

    /** A copy of a mapper that opens no such object; the mapper itself, if it is of a class that cannot be copied. */
    static ObjectMapper copy(ObjectMapper mapper) {
        ObjectMapper copy;
        try {
            copy = mapper.copy();
        } catch (IllegalStateException notCopied) {
            return mapper; // a class of the application's that does not say how; whole answers are looked at before
        }
        return copy.setSerializerFactory(copy.getSerializerFactory().withSerializerModifier(new Jackson2Closed()));
    }

    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public JsonSerializer<?> modifyArraySerializer(
            SerializationConfig config, ArrayType type, BeanDescription description, JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription description,
            JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public JsonSerializer<?> modifyCollectionLikeSerializer(
            SerializationConfig config,
            CollectionLikeType type,
            BeanDescription description,
            JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public JsonSerializer<?> modifyMapSerializer(
            SerializationConfig config, MapType type, BeanDescription description, JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public JsonSerializer<?> modifyMapLikeSerializer(
            SerializationConfig config, MapLikeType type, BeanDescription description, JsonSerializer<?> serializer) {
        return closed(description, serializer);
    }

    private static JsonSerializer<?> closed(BeanDescription description, JsonSerializer<?> serializer) {
        return SharedPart.isClosed(description.getBeanClass())
                ? new Jackson2Refusal(value -> new SharedPart(value.getClass()))
                : serializer;
    }
}
