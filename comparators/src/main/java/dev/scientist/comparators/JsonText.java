package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plain tree as JSON without any library, so that reports do not depend on the library of the application.
 * Confined to one thread.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final boolean isSorted;
    private final boolean isByValue;
    private final String indent;

    /**
     * Starts a text.
     *
     * @param isSorted whether fields come in alphabetical order
     * @param isByValue whether equal numbers are written alike
     * @param indent of each level, on lines of their own; empty to stay on one line
     */
    private JsonText(boolean isSorted, boolean isByValue, String indent) {
        this.isSorted = isSorted;
        this.isByValue = isByValue;
        this.indent = indent;
    }

    /** Writes a value on one line. */
    static String of(@Nullable Object value) {
        return new JsonText(false, false, "").write(value, 0).toString();
    }

    /**
     * Writes a value on many lines, with fields in alphabetical order, so that two texts can be compared line by line.
     */
    static String pretty(@Nullable Object value) {
        return new JsonText(true, false, "  ").write(value, 0).toString();
    }

    /** Writes equal values as the same text. */
    static String canonical(@Nullable Object value) {
        return new JsonText(true, true, "").write(value, 0).toString();
    }

    /** Replaces the characters of a text that could end its line or forge another one. */
    static String withoutControls(String line) {
        return line.chars()
                .map(character ->
                        isUnsafe((char) character) && !Character.isSurrogate((char) character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private StringBuilder write(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> fields) {
            writeFields(fields, depth);
        } else if (value instanceof List<?> elements) {
            writeElements(elements, depth);
        } else if (value instanceof Number number) {
            text.append(isByValue ? canonicalNumber(number) : number.toString());
        } else if (value == null || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(value.toString());
        }
        return text;
    }

    private void writeFields(Map<?, ?> fields, int depth) {
        Map<String, @Nullable Object> ordered = new TreeMap<>();
        if (isSorted) {
            fields.forEach((name, field) -> ordered.put(String.valueOf(name), field));
        }
        Iterator<? extends Map.Entry<?, ?>> rest =
                isSorted ? ordered.entrySet().iterator() : fields.entrySet().iterator();
        text.append('{');
        while (rest.hasNext()) {
            Map.Entry<?, ?> field = rest.next();
            newLine(depth + 1);
            quote(String.valueOf(field.getKey()));
            text.append(indent.isEmpty() ? ":" : ": ");
            write(field.getValue(), depth + 1);
            text.append(rest.hasNext() ? "," : "");
        }
        close('}', fields.isEmpty(), depth);
    }

    private void writeElements(List<?> elements, int depth) {
        Iterator<?> rest = elements.iterator();
        text.append('[');
        while (rest.hasNext()) {
            newLine(depth + 1);
            write(rest.next(), depth + 1);
            text.append(rest.hasNext() ? "," : "");
        }
        close(']', elements.isEmpty(), depth);
    }

    private void close(char bracket, boolean isEmpty, int depth) {
        if (!isEmpty) {
            newLine(depth);
        }
        text.append(bracket);
    }

    private void newLine(int depth) {
        if (!indent.isEmpty()) {
            text.append('\n').append(indent.repeat(depth));
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character < ' ' || isUnsafe(character)) {
                        text.append(String.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Whether a character could forge a line in a log, or cannot be encoded when it stands alone. */
    private static boolean isUnsafe(char character) {
        return Character.isSurrogate(character)
                || Character.isISOControl(character)
                || character == '\u2028'
                || character == '\u2029';
    }

    private static String canonicalNumber(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toString();
    }
}
