package dev.scientist.comparators;

import java.io.Serial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.internal.Diff;
import net.javacrumbs.jsonunit.core.internal.JsonUtils;
import org.jspecify.annotations.Nullable;

/**
 * Lets two values differ that both fit a placeholder of json-unit. Json-unit itself is asked: it expects the
 * placeholder, which the rule's author wrote, and finds the value. A value is never a template.
 *
 * <p>The last field of the compared documents always differs, and there the listener ends the run, before json-unit
 * writes its messages, which contain values, to the log.
 *
 * @param template with braces, as in a document of a test
 */
record Placeholder(String template) implements Effect {

    private static final Set<String> NAMES = Set.of(
            "any-string", "any-number", "any-boolean", "any-array", "missing-or-null", "ignore", "ignore-element");

    private static final Pattern REGEX = Pattern.compile("[$#]\\{json-unit\\.regex}(?<braced>.+)|regex (?<bare>.+)");
    private static final Pattern BRACES = Pattern.compile("[$#]\\{json-unit\\.(?<name>.+)}");
    private static final String VALUE = "1"; // json-unit takes common fields in ascending order
    private static final String END = "2";

    /**
     * Makes the effect of a placeholder.
     *
     * @param text as in {@code ${json-unit.name}}, with or without the braces; a regular expression is ours, because
     *     json-unit's could keep a thread busy for hours
     * @throws IllegalArgumentException if json-unit has none of this name that a rule can use
     */
    static Effect of(String text) {
        Matcher regex = REGEX.matcher(text);
        if (regex.matches()) {
            return RegexEffect.of(regex.group("braced") == null ? regex.group("bare") : regex.group("braced"));
        }
        Matcher braces = BRACES.matcher(text);
        String name = braces.matches() ? braces.group("name") : text;
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("must have a placeholder that is one of " + new TreeSet<>(NAMES)
                    + " or \"regex \" followed by an expression");
        }
        return new Placeholder("${json-unit." + name + "}");
    }

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return fits(value(primary)) && fits(value(candidate));
    }

    @Override
    public boolean acceptsAbsence(@Nullable Object present) {
        return fits(Map.of()) && fits(value(present));
    }

    @Override
    public boolean isForScalars() {
        return false;
    }

    private static Map<String, @Nullable Object> value(@Nullable Object value) {
        Map<String, @Nullable Object> field = new HashMap<>();
        // Only the type of an object or array is shown: no placeholder looks further, and messages stay small.
        field.put(VALUE, value instanceof Map ? Map.of() : value instanceof List ? List.of() : value);
        return field;
    }

    private boolean fits(Map<String, @Nullable Object> field) {
        Map<String, @Nullable Object> expected = new HashMap<>(Map.of(VALUE, template, END, true));
        Map<String, @Nullable Object> actual = new HashMap<>(field);
        actual.put(END, false);
        Configuration listening = Configuration.empty().withDifferenceListener((difference, context) -> {
            throw new FirstDifference(END.equals(difference.getActualPath()));
        });
        try {
            Diff.create(
                            JsonUtils.wrapDeserializedObject(expected),
                            JsonUtils.wrapDeserializedObject(actual),
                            "value",
                            "",
                            listening)
                    .similar();
        } catch (FirstDifference first) {
            return first.isEnd;
        }
        throw new IllegalStateException("json-unit did not come to the end");
    }

    /** Ends a run of json-unit; made often, so it has no stack trace. */
    private static final class FirstDifference extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean isEnd;

        FirstDifference(boolean isEnd) {
            super(null, null, false, false);
            this.isEnd = isEnd;
        }
    }
}
