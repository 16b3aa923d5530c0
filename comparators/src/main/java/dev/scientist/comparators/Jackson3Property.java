package dev.scientist.comparators;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotationMap;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/** Writes a property of an object that may load something: from its field, and a mark where it is not loaded. */
final class Jackson3Property extends BeanPropertyWriter {

    private static final long serialVersionUID = 1L;

    private final transient StoredProperty stored;
    private final BeanPropertyWriter property;

    private Jackson3Property(BeanPropertyWriter property, StoredProperty stored) {
        super(property);
        this.property = property;
        this.stored = stored;
    }

    static BeanPropertyWriter of(
            BeanPropertyWriter property, BeanDescription.Supplier bean, SerializationConfig config) {
        AnnotatedMember member = property.getMember();
        StoredProperty stored = StoredProperty.of(bean.getBeanClass(), member == null ? null : member.getMember());
        Field field = stored.field();
        if (member == null || field == null || field.equals(member.getMember())) {
            return new Jackson3Property(property, stored);
        }
        BeanPropertyDefinition definition = definition(property, bean);
        if (definition == null) {
            return new Jackson3Property(property, new StoredProperty(null));
        }
        AnnotatedField read = new AnnotatedField(bean.getClassInfo(), field, annotations(member));
        BeanPropertyWriter reading = new Jackson3Property(property, stored).reading(definition, read);
        NameTransformer unwrapped = config.getAnnotationIntrospector().findUnwrappingNameTransformer(config, member);
        return new Jackson3Property(unwrapped == null ? reading : reading.unwrappingWriter(unwrapped), stored);
    }

    private static @Nullable BeanPropertyDefinition definition(
            BeanPropertyWriter property, BeanDescription.Supplier bean) {
        return bean.get().findProperties().stream()
                .filter(known -> property.getMember().equals(known.getAccessor()))
                .findFirst()
                .orElse(null);
    }

    private static AnnotationMap annotations(AnnotatedMember member) {
        return member.annotations()
                .map(annotation -> AnnotationMap.of(annotation.annotationType(), annotation))
                .reduce(new AnnotationMap(), AnnotationMap::merge);
    }

    /** The same property, read from its field. */
    private BeanPropertyWriter reading(BeanPropertyDefinition definition, AnnotatedField field) {
        return new BeanPropertyWriter(
                definition,
                field,
                _contextAnnotations,
                _declaredType,
                _serializer,
                _typeSerializer,
                _cfgSerializationType,
                _suppressNulls,
                _suppressableValue,
                _includeInViews,
                _inclusion);
    }

    @Override
    public void serializeAsProperty(Object bean, JsonGenerator json, SerializationContext context) throws Exception {
        if (stored.isLoaded(bean)) {
            property.serializeAsProperty(bean, json, context);
        } else {
            json.writeName(getSerializedName());
            json.writeString(Jackson3Guard.marks(context).notLoaded());
        }
    }

    @Override
    public void serializeAsElement(Object bean, JsonGenerator json, SerializationContext context) throws Exception {
        if (stored.isLoaded(bean)) {
            property.serializeAsElement(bean, json, context);
        } else {
            json.writeString(Jackson3Guard.marks(context).notLoaded());
        }
    }

    @Override
    public BeanPropertyWriter rename(NameTransformer names) {
        return new Jackson3Property(property.rename(names), stored);
    }

    @Override
    public void assignSerializer(ValueSerializer<Object> serializer) {
        property.assignSerializer(serializer);
    }

    @Override
    public boolean hasSerializer() {
        return property.hasSerializer();
    }

    @Override
    public void assignNullSerializer(ValueSerializer<Object> serializer) {
        property.assignNullSerializer(serializer);
    }

    @Override
    public void assignTypeSerializer(TypeSerializer serializer) {
        property.assignTypeSerializer(serializer);
    }

    @Override
    public void setNonTrivialBaseType(JavaType type) {
        property.setNonTrivialBaseType(type);
    }

    @Override
    public boolean hasNullSerializer() {
        return property.hasNullSerializer();
    }
}
