package dev.scientist.comparators;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.SerializerFactoryConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.ser.BasicSerializerFactory;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerBuilder;
import com.fasterxml.jackson.databind.ser.BeanSerializerFactory;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.SerializerFactory;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.type.CollectionLikeType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapLikeType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.util.Converter;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes snapshots with a copy of a mapper of Jackson 2. */
final class Jackson2Snapshots implements SnapshotWriter {

    private final ObjectMapper mapper;
    private final ObjectWriter writer;

    Jackson2Snapshots(ObjectMapper mapper) {
        this.mapper = mapper;
        ObjectMapper copy = copyOf(mapper);
        copy.setSerializerFactory(withLast(copy.getSerializerFactory(), new Careful()));
        AnnotationIntrospector known = copy.getSerializationConfig().getAnnotationIntrospector();
        copy.setAnnotationIntrospectors(
                AnnotationIntrospector.pair(new Refusing(known), known),
                copy.getDeserializationConfig().getAnnotationIntrospector());
        this.writer = copy.writer();
    }

    @Override
    public byte[] write(Object value, SnapshotMarks marks) throws IOException {
        return writer.withAttribute(SnapshotMarks.class, marks).writeValueAsBytes(value);
    }

    @Override
    public Object read(byte[] json, Type type) throws IOException {
        return mapper.readValue(json, mapper.constructType(type));
    }

    private static ObjectMapper copyOf(ObjectMapper mapper) {
        try {
            return mapper.copy();
        } catch (IllegalStateException notCopied) {
            throw new IllegalArgumentException(
                    "mapper must override copy() but was a " + mapper.getClass().getName() + ", which does not: a"
                            + " snapshot is written with a copy that loads nothing; override it, or use objects()",
                    notCopied);
        }
    }

    /** The factory with one more modifier, which has the last word: the library itself would give it the first. */
    private static SerializerFactory withLast(SerializerFactory factory, BeanSerializerModifier last) {
        if (!(factory instanceof BasicSerializerFactory known)) {
            throw new IllegalArgumentException("mapper must make its serializers with Jackson's own factory but has a "
                    + factory.getClass().getName());
        }
        SerializerFactoryConfig before = known.getFactoryConfig();
        SerializerFactoryConfig config = new SerializerFactoryConfig().withSerializerModifier(last);
        for (BeanSerializerModifier modifier : reversed(before.serializerModifiers())) {
            config = config.withSerializerModifier(modifier);
        }
        for (Serializers serializers : reversed(before.serializers())) {
            config = config.withAdditionalSerializers(serializers);
        }
        for (Serializers serializers : reversed(before.keySerializers())) {
            config = config.withAdditionalKeySerializers(serializers);
        }
        return factory instanceof BeanSerializerFactory beans ? beans.withConfig(config) : known.withConfig(config);
    }

    private static <E> List<E> reversed(Iterable<E> elements) {
        List<E> reversed = new ArrayList<>();
        elements.forEach(element -> reversed.add(0, element));
        return reversed;
    }

    private static boolean isOfSession(JavaType type) {
        return StoredMembers.isOfSession(type.getRawClass())
                || (type.getContentType() != null && isOfSession(type.getContentType()))
                || (type.getReferencedType() != null && isOfSession(type.getReferencedType()));
    }

    /** Refuses annotations that tell how to write objects that may load something. */
    private static final class Refusing extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        private final transient AnnotationIntrospector known;

        Refusing(AnnotationIntrospector known) {
            this.known = known;
        }

        @Override
        public @Nullable Object findSerializer(Annotated annotated) {
            return refuse(annotated, known.findSerializer(annotated));
        }

        @Override
        public @Nullable Object findContentSerializer(Annotated annotated) {
            return refuse(annotated, known.findContentSerializer(annotated));
        }

        @Override
        public @Nullable Object findKeySerializer(Annotated annotated) {
            return refuse(annotated, known.findKeySerializer(annotated));
        }

        @Override
        public @Nullable Object findSerializationConverter(Annotated annotated) {
            Object found = known.findSerializationConverter(annotated);
            return isRefused(annotated, found) ? new NoConverter(annotated.getRawType()) : null;
        }

        private static @Nullable Object refuse(Annotated annotated, @Nullable Object found) {
            return isRefused(annotated, found) ? Jackson2Refusal.of(annotated.getRawType()) : null;
        }

        private static boolean isRefused(Annotated annotated, @Nullable Object found) {
            boolean isNone = found == null || found == JsonSerializer.None.class || found == Converter.None.class;
            return !isNone && isOfSession(annotated.getType());
        }
    }

    /** Refuses to convert. */
    private static final class NoConverter extends StdConverter<Object, Object> {

        private final Class<?> type;

        NoConverter(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object convert(Object value) {
            throw StoredMembers.refusal(type);
        }
    }

    /** Puts guards around what may not be loaded. */
    private static final class Careful extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
            if (!StoredMembers.isOfSession(bean.getBeanClass())) {
                return properties;
            }
            properties.replaceAll(property -> Jackson2Property.of(property, bean, config));
            return properties;
        }

        @Override
        public BeanSerializerBuilder updateBuilder(
                SerializationConfig config, BeanDescription bean, BeanSerializerBuilder builder) {
            if (builder.getAnyGetter() != null && StoredMembers.isOfSession(bean.getBeanClass())) {
                throw StoredMembers.refusal(bean.getBeanClass());
            }
            return builder;
        }

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            Class<?> type = bean.getBeanClass();
            if (Laziness.of(type).isPlaceholder()) {
                return new Jackson2Guard(serializer);
            }
            if (StoredMembers.isOnce(type)) {
                return Jackson2Refusal.of(type);
            }
            if (!StoredMembers.isOfSession(type)) {
                return serializer;
            }
            return serializer instanceof BeanSerializerBase ? new Jackson2Guard(serializer) : Jackson2Refusal.of(type);
        }

        @Override
        public JsonSerializer<?> modifyCollectionSerializer(
                SerializationConfig config, CollectionType type, BeanDescription bean, JsonSerializer<?> serializer) {
            return new Jackson2Guard(serializer);
        }

        @Override
        public JsonSerializer<?> modifyCollectionLikeSerializer(
                SerializationConfig config,
                CollectionLikeType type,
                BeanDescription bean,
                JsonSerializer<?> serializer) {
            return new Jackson2Guard(serializer);
        }

        @Override
        public JsonSerializer<?> modifyMapSerializer(
                SerializationConfig config, MapType type, BeanDescription bean, JsonSerializer<?> serializer) {
            return new Jackson2Guard(serializer);
        }

        @Override
        public JsonSerializer<?> modifyMapLikeSerializer(
                SerializationConfig config, MapLikeType type, BeanDescription bean, JsonSerializer<?> serializer) {
            return new Jackson2Guard(serializer);
        }
    }
}
