package dev.scientist.comparators;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotationMap;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Writes a property of an object that may load something: from its field, and a mark where it is not loaded. */
final class Jackson2Property extends BeanPropertyWriter {

    private static final long serialVersionUID = 1L;

    private final transient StoredProperty stored;
    private final BeanPropertyWriter property;

    private Jackson2Property(BeanPropertyWriter property, StoredProperty stored) {
        super(property);
        this.property = property;
        this.stored = stored;
    }

    static BeanPropertyWriter of(BeanPropertyWriter property, BeanDescription bean, SerializationConfig config) {
        AnnotatedMember member = property.getMember();
        StoredProperty stored = StoredProperty.of(bean.getBeanClass(), member == null ? null : member.getMember());
        Field field = stored.field();
        if (member == null || field == null || field.equals(member.getMember())) {
            return new Jackson2Property(property, stored);
        }
        BeanPropertyDefinition definition = definition(property, bean);
        if (definition == null) {
            return new Jackson2Property(property, new StoredProperty(null));
        }
        AnnotatedField read = new AnnotatedField(bean.getClassInfo(), field, annotations(member));
        BeanPropertyWriter reading = new Jackson2Property(property, stored).reading(definition, read);
        NameTransformer unwrapped = config.getAnnotationIntrospector().findUnwrappingNameTransformer(member);
        return new Jackson2Property(unwrapped == null ? reading : reading.unwrappingWriter(unwrapped), stored);
    }

    private static @Nullable BeanPropertyDefinition definition(BeanPropertyWriter property, BeanDescription bean) {
        return bean.findProperties().stream()
                .filter(known -> property.getMember().equals(known.getAccessor()))
                .findFirst()
                .orElse(null);
    }

    private static AnnotationMap annotations(AnnotatedMember member) {
        AnnotationMap annotations = new AnnotationMap();
        return member.getAllAnnotations() == null
                ? annotations
                : AnnotationMap.merge(annotations, member.getAllAnnotations());
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
                _includeInViews);
    }

    @Override
    public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider context) throws Exception {
        if (stored.isLoaded(bean)) {
            property.serializeAsField(bean, json, context);
        } else {
            json.writeFieldName(getSerializedName());
            json.writeString(Jackson2Guard.marks(context).notLoaded());
        }
    }

    @Override
    public void serializeAsElement(Object bean, JsonGenerator json, SerializerProvider context) throws Exception {
        if (stored.isLoaded(bean)) {
            property.serializeAsElement(bean, json, context);
        } else {
            json.writeString(Jackson2Guard.marks(context).notLoaded());
        }
    }

    @Override
    public BeanPropertyWriter rename(NameTransformer names) {
        return new Jackson2Property(property.rename(names), stored);
    }

    @Override
    public void assignSerializer(JsonSerializer<Object> serializer) {
        property.assignSerializer(serializer);
    }

    @Override
    public boolean hasSerializer() {
        return property.hasSerializer();
    }

    @Override
    public void assignNullSerializer(JsonSerializer<Object> serializer) {
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
