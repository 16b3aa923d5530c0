package dev.scientist.comparators.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.scientist.OverBudgetException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plain tree of one message. It may recurse, because it refuses a message that is nested too deep. Confined to
 * one thread.
 */
final class MessageTree {

    private static final int DEPTH = 250; // levels of the tree; as for JSON
    private static final int MOST_VALUES = 1_000_000; // chosen: some 100 MB

    // The limits of a Timestamp: the years 1 to 9999.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MOST_NANOS = 999_999_999;

    private int depth;
    private int values;

    Object plain(Message message) {
        String moment = moment(message);
        return moment == null ? fields(message) : moment;
    }

    /** Gives the moment of a Timestamp as text in ISO-8601; null if the message is no Timestamp or no valid one. */
    private static @Nullable String moment(Message message) {
        Descriptor type = message.getDescriptorForType();
        return type.getFullName().equals("google.protobuf.Timestamp")
                        && message.getUnknownFields().asMap().isEmpty()
                        && message.getField(type.findFieldByNumber(1)) instanceof Long seconds
                        && message.getField(type.findFieldByNumber(2)) instanceof Integer nanos
                        && seconds >= FIRST_SECOND
                        && seconds <= LAST_SECOND
                        && nanos >= 0
                        && nanos <= MOST_NANOS
                ? Instant.ofEpochSecond(seconds, nanos).toString()
                : null;
    }

    private Map<String, Object> fields(Message message) {
        enter();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (!field.hasPresence() || message.hasField(field)) {
                fields.put(field.getName(), value(field, message.getField(field)));
            }
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.isExtension()) {
                fields.put("[" + field.getFullName() + "]", value(field, value));
            }
        });
        addUnknown(message.getUnknownFields(), fields);
        depth--;
        return fields;
    }

    private Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map(field, (List<?>) value);
        }
        if (!field.isRepeated()) {
            return single(field, value);
        }
        enter();
        List<Object> elements = new ArrayList<>();
        for (Object element : (List<?>) value) {
            elements.add(single(field, element));
        }
        depth--;
        return elements;
    }

    /** Makes fields of a map. A parsed map may have a key twice: the last one holds. */
    private Object map(FieldDescriptor field, List<?> entries) {
        enter();
        FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor contents = field.getMessageType().findFieldByNumber(2);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object element : entries) {
            Message entry = (Message) element;
            Object key = single(keys, entry.getField(keys));
            fields.put(key.toString(), single(contents, entry.getField(contents)));
        }
        depth--;
        return fields;
    }

    private Object single(FieldDescriptor field, Object value) {
        count();
        return switch (field.getType()) {
            case MESSAGE, GROUP -> plain((Message) value);
            case ENUM -> enumeration((EnumValueDescriptor) value);
            case BYTES -> base64((ByteString) value);
            case DOUBLE -> number(value.toString(), Double.isFinite((Double) value));
            case FLOAT -> number(value.toString(), Float.isFinite((Float) value));
            case UINT32, FIXED32 -> unsigned((Integer) value);
            case UINT64, FIXED64 -> unsigned((Long) value);
            case INT32, INT64, SINT32, SINT64, SFIXED32, SFIXED64 -> new BigDecimal(value.toString());
            case BOOL, STRING -> value;
        };
    }

    private static Object number(String shortest, boolean isFinite) {
        return isFinite ? new BigDecimal(shortest) : shortest;
    }

    private static Object enumeration(EnumValueDescriptor value) {
        boolean isUnknown = value.getIndex() < 0;
        return isUnknown ? BigDecimal.valueOf(value.getNumber()) : value.getName();
    }

    private void addUnknown(UnknownFieldSet unknown, Map<String, Object> fields) {
        unknown.asMap().forEach((number, field) -> fields.put("#" + number, unknown(field)));
    }

    /** Groups the values of an unknown field by wire type: the same number means another value in another type. */
    private Map<String, Object> unknown(UnknownFieldSet.Field field) {
        enter();
        Map<String, Object> types = new LinkedHashMap<>();
        put(types, "varint", field.getVarintList(), MessageTree::unsigned);
        put(types, "fixed32", field.getFixed32List(), MessageTree::unsigned);
        put(types, "fixed64", field.getFixed64List(), MessageTree::unsigned);
        put(types, "bytes", field.getLengthDelimitedList(), MessageTree::base64);
        put(types, "group", field.getGroupList(), this::group);
        depth--;
        return types;
    }

    private <V> void put(Map<String, Object> types, String type, List<V> values, Function<V, Object> plain) {
        if (values.isEmpty()) {
            return;
        }
        List<Object> elements = new ArrayList<>(values.size());
        for (V value : values) {
            count();
            elements.add(plain.apply(value));
        }
        types.put(type, elements);
    }

    private Map<String, Object> group(UnknownFieldSet group) {
        enter();
        Map<String, Object> fields = new LinkedHashMap<>();
        addUnknown(group, fields);
        depth--;
        return fields;
    }

    private static BigDecimal unsigned(int value) {
        return BigDecimal.valueOf(Integer.toUnsignedLong(value));
    }

    private static BigDecimal unsigned(long value) {
        return new BigDecimal(Long.toUnsignedString(value));
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void enter() {
        if (++depth > DEPTH) {
            throw new OverBudgetException("a message is nested deeper than " + DEPTH + " levels");
        }
    }

    private void count() {
        if (++values > MOST_VALUES) {
            throw new OverBudgetException("a message has more than " + MOST_VALUES + " values");
        }
    }
}
