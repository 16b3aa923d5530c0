package dev.scientist.comparators;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionLikeType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapLikeType;
import tools.jackson.databind.type.MapType;

/**
 * Keeps a mapper of Jackson 3 from opening objects that share their session or position with the caller. It is asked
 * once for each class, when the mapper makes its serializer, so that writing costs no more than before.
 */
final class Jackson3Closed extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    /** A copy of a mapper that opens no such object. */
    static ObjectMapper copy(ObjectMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("closed").setSerializerModifier(new Jackson3Closed()))
                .build();
    }

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public ValueSerializer<?> modifyArraySerializer(
            SerializationConfig config,
            ArrayType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public ValueSerializer<?> modifyCollectionLikeSerializer(
            SerializationConfig config,
            CollectionLikeType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public ValueSerializer<?> modifyMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    @Override
    public ValueSerializer<?> modifyMapLikeSerializer(
            SerializationConfig config,
            MapLikeType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return closed(description, serializer);
    }

    private static ValueSerializer<?> closed(BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        return SharedPart.isClosed(description.getBeanClass())
                ? new Jackson3Refusal(value -> new SharedPart(value.getClass()))
                : serializer;
    }
}
