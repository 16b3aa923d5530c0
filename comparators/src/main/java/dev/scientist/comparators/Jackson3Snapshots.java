package dev.scientist.comparators;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.type.CollectionLikeType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapLikeType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.util.Converter;
import tools.jackson.databind.util.StdConverter;

/** Writes snapshots with a copy of a mapper of Jackson 3. */
final class Jackson3Snapshots implements SnapshotWriter {

    private final ObjectMapper mapper;
    private final ObjectWriter writer;

    Jackson3Snapshots(ObjectMapper mapper) {
        this.mapper = mapper;
        MapperBuilder<?, ?> copy = mapper.rebuild();
        // Building it applies the modules once more, whose modifiers come first: this one has the last word.
        copy.serializerFactory(copy.serializerFactory().withSerializerModifier(new Careful()));
        AnnotationIntrospector known = mapper.serializationConfig().getAnnotationIntrospector();
        copy.addModule(
                new JacksonModule() { // as the last module, so that none comes before it
                    @Override
                    public String getModuleName() {
                        return Jackson3Snapshots.class.getName();
                    }

                    @Override
                    public Version version() {
                        return Version.unknownVersion();
                    }

                    @Override
                    public void setupModule(SetupContext context) {
                        context.insertAnnotationIntrospector(new Refusing(known));
                    }
                });
        this.writer = copy.build().writer();
    }

    @Override
    public byte[] write(Object value, SnapshotMarks marks) {
        return writer.withAttribute(SnapshotMarks.class, marks).writeValueAsBytes(value);
    }

    @Override
    public Object read(byte[] json, Type type) {
        return mapper.readValue(json, mapper.constructType(type));
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
        public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
            return refuse(annotated, known.findSerializer(config, annotated));
        }

        @Override
        public @Nullable Object findContentSerializer(MapperConfig<?> config, Annotated annotated) {
            return refuse(annotated, known.findContentSerializer(config, annotated));
        }

        @Override
        public @Nullable Object findKeySerializer(MapperConfig<?> config, Annotated annotated) {
            return refuse(annotated, known.findKeySerializer(config, annotated));
        }

        @Override
        public @Nullable Object findSerializationConverter(MapperConfig<?> config, Annotated annotated) {
            Object found = known.findSerializationConverter(config, annotated);
            return isRefused(annotated, found) ? new NoConverter(annotated.getRawType()) : null;
        }

        private static @Nullable Object refuse(Annotated annotated, @Nullable Object found) {
            return isRefused(annotated, found) ? Jackson3Refusal.of(annotated.getRawType()) : null;
        }

        private static boolean isRefused(Annotated annotated, @Nullable Object found) {
            boolean isNone = found == null || found == ValueSerializer.None.class || found == Converter.None.class;
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
    private static final class Careful extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
            if (!StoredMembers.isOfSession(bean.getBeanClass())) {
                return properties;
            }
            properties.replaceAll(property -> Jackson3Property.of(property, bean, config));
            return properties;
        }

        @Override
        public BeanSerializerBuilder updateBuilder(
                SerializationConfig config, BeanDescription.Supplier bean, BeanSerializerBuilder builder) {
            if (builder.getAnyGetter() != null && StoredMembers.isOfSession(bean.getBeanClass())) {
                throw StoredMembers.refusal(bean.getBeanClass());
            }
            return builder;
        }

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            Class<?> type = bean.getBeanClass();
            if (Laziness.of(type).isPlaceholder()) {
                return new Jackson3Guard(serializer);
            }
            if (StoredMembers.isOnce(type)) {
                return Jackson3Refusal.of(type);
            }
            if (!StoredMembers.isOfSession(type)) {
                return serializer;
            }
            return serializer instanceof BeanSerializerBase ? new Jackson3Guard(serializer) : Jackson3Refusal.of(type);
        }

        @Override
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return new Jackson3Guard(serializer);
        }

        @Override
        public ValueSerializer<?> modifyCollectionLikeSerializer(
                SerializationConfig config,
                CollectionLikeType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return new Jackson3Guard(serializer);
        }

        @Override
        public ValueSerializer<?> modifyMapSerializer(
                SerializationConfig config,
                MapType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return new Jackson3Guard(serializer);
        }

        @Override
        public ValueSerializer<?> modifyMapLikeSerializer(
                SerializationConfig config,
                MapLikeType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return new Jackson3Guard(serializer);
        }
    }
}
