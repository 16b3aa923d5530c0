package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rules as text, and quotes an invalid one. */
final class RuleText {

    private RuleText() {}

    /** Writes a text as a literal. */
    static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "\"";
    }

    static String quoted(String... texts) {
        return Arrays.stream(texts).map(text -> quoted(text)).collect(Collectors.joining(", "));
    }

    static String quoted(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> quoted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", "Map.of(", ")"));
    }

    static String duration(Duration duration) {
        return "Duration.parse(\"" + duration + "\")";
    }

    /** Writes a step that takes a text; nothing if there is none. */
    static String step(String name, @Nullable String value) {
        return value == null ? "" : "." + name + "(" + quoted(value) + ")";
    }

    /** Requires the text that a step of a rule takes not to be blank. */
    static String required(String rule, String step, String value) {
        if (requireNonNull(value, step).isBlank()) {
            throw invalid(rule + step(step, value), "must have a text there");
        }
        return value;
    }

    /** Makes a part of a rule. If the part is invalid, the exception quotes the rule. */
    static <T> T valid(String rule, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("rule " + rule + ": " + wrong.getMessage(), wrong);
        }
    }

    static IllegalArgumentException invalid(String rule, String requirement) {
        return new IllegalArgumentException("rule " + rule + ": " + requirement);
    }
}
