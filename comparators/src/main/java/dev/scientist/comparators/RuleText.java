package dev.scientist.comparators;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rules are written, and how an invalid one is quoted. */
final class RuleText {

    private RuleText() {}

    /** A text as a literal. */
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

    /** A step that takes a text; nothing if there is none. */
    static String step(String name, @Nullable String value) {
        return value == null ? "" : "." + name + "(" + quoted(value) + ")";
    }

    /** Makes a part of a rule; what is wrong with it is said of the rule, which is quoted. */
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
