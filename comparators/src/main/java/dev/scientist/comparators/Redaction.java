package dev.scientist.comparators;

import dev.scientist.comparators.Redactor.Policy;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Redacts one value, with everything in it. Confined to one thread. */
final class Redaction {

    private static final int DEPTH = Limits.DEPTH; // no document is deeper, and cycles end earlier

    private final BiFunction<List<String>, @Nullable Object, Policy> policy;
    private final KeyedHash hash;
    private final IdentityHashMap<Object, Boolean> above = new IdentityHashMap<>();

    Redaction(BiFunction<List<String>, @Nullable Object, Policy> policy, KeyedHash hash) {
        this.policy = policy;
        this.hash = hash;
    }

    @Nullable
    Object redacted(List<String> place, @Nullable Object value) {
        return switch (policy.apply(place, value)) {
            case HIDE -> "<" + type(value) + ">";
            case HASH -> hashed(value);
            case SHOW -> shown(place, value);
        };
    }

    private String hashed(@Nullable Object value) {
        // Everything below counts, whatever is said about it, because a hash shows nothing.
        Object plain = new Redaction((place, any) -> Policy.SHOW, hash).shown(new ArrayList<>(), value);
        return "<" + type(value) + " " + hash.of(type(value) + ":" + JsonText.canonical(plain)) + ">";
    }

    private @Nullable Object shown(List<String> place, @Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (isWritten(value)) {
            return value.toString();
        }
        if (place.size() > DEPTH || above.put(value, true) != null) {
            return "<" + type(value) + ">"; // it contains itself, or is as good as endless
        }
        Object shown = contents(place, value);
        above.remove(value);
        return shown;
    }

    private Object contents(List<String> place, Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            fields.forEach((name, field) -> shown.put(String.valueOf(name), below(place, String.valueOf(name), field)));
            return shown;
        }
        if (value instanceof Collection<?> elements) { // any other Iterable may be read once only, or have no end

            List<@Nullable Object> shown = new ArrayList<>();
            elements.forEach(element -> shown.add(below(place, Integer.toString(shown.size()), element)));
            return shown;
        }
        if (value.getClass().isArray()) {
            List<@Nullable Object> shown = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                shown.add(below(place, Integer.toString(i), Array.get(value, i)));
            }
            return shown;
        }
        return value instanceof Record record ? components(place, record) : "<" + type(value) + ">";
    }

    private Object components(List<String> place, Record record) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            shown.put(component.getName(), component(place, record, component));
        }
        return shown;
    }

    private @Nullable Object component(List<String> place, Record record, RecordComponent component) {
        if (Secrets.isSecret(component)) {
            return "<secret>";
        }
        try {
            component.getAccessor().setAccessible(true);
            return below(place, component.getName(), component.getAccessor().invoke(record));
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return "<unreadable>"; // an accessor that throws, or a module that is not open: nothing to show
        }
    }

    private @Nullable Object below(List<String> place, String name, @Nullable Object value) {
        place.add(name);
        Object redacted = redacted(place, value);
        place.remove(place.size() - 1);
        return redacted;
    }

    private static Object number(Number number) {
        if (number instanceof BigDecimal || number instanceof Long || number instanceof Integer) {
            return number;
        }
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException strange) {
            return number instanceof Double || number instanceof Float ? number.toString() : "<number>"; // "NaN"
        }
    }

    /**
     * Whether a value of a JDK type is a text for all purposes. The {@code toString} of other types may say anything.
     */
    private static boolean isWritten(Object value) {
        return value instanceof CharSequence
                || value instanceof Character
                || value instanceof Enum
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof Collection || value.getClass().isArray()) {
            return "array";
        }
        return isWritten(value)
                ? "text"
                : value instanceof Optional ? "optional" : value.getClass().getName();
    }
}
