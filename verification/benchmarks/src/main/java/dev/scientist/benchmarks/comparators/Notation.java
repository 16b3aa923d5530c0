package dev.scientist.benchmarks.comparators;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way to write a tree as JSON. */
enum Notation {
    /** Writes as short as possible, as a mapper does. */
    PLAIN,
    /** Writes the same values in other bytes: indented, non-ASCII characters and slashes escaped, 1.00 for 1.0. */
    OTHER;

    String write(@Nullable Object tree) {
        StringBuilder json = new StringBuilder();
        value(json, tree, 0);
        return json.toString();
    }

    private void value(StringBuilder json, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> fields) {
            fields(json, fields, depth);
        } else if (value instanceof Collection<?> elements) {
            elements(json, elements, depth);
        } else if (value instanceof String text) {
            text(json, text);
        } else if (value instanceof BigDecimal number) {
            json.append(this == PLAIN ? number.setScale(1, RoundingMode.UNNECESSARY) : number);
        } else {
            json.append(value); // an integer, a boolean or null
        }
    }

    private void fields(StringBuilder json, Map<?, ?> fields, int depth) {
        String separator = "";
        json.append('{');
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.append(separator);
            line(json, depth + 1);
            text(json, (String) field.getKey());
            json.append(this == PLAIN ? ":" : ": ");
            value(json, field.getValue(), depth + 1);
            separator = ",";
        }
        line(json, depth);
        json.append('}');
    }

    private void elements(StringBuilder json, Collection<?> elements, int depth) {
        String separator = "";
        json.append('[');
        for (Object element : elements) {
            json.append(separator);
            line(json, depth + 1);
            value(json, element, depth + 1);
            separator = ",";
        }
        line(json, depth);
        json.append(']');
    }

    private void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\' || (character == '/' && this == OTHER)) {
                json.append('\\').append(character);
            } else if (character > '~' && this == OTHER) {
                json.append("\\u%04x".formatted((int) character));
            } else {
                json.append(character);
            }
        }
        json.append('"');
    }

    private void line(StringBuilder json, int depth) {
        if (this == OTHER) {
            json.append('\n').append(" ".repeat(depth));
        }
    }
}
