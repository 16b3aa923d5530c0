package dev.scientist.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Makes the trees of what is stored: unmodifiable maps with keys in a fixed order. */
final class Wire {

    /** The key of the number that says how a tree is to be read. */
    static final String VERSION = "version";

    private Wire() {}

    /** A map of keys, each followed by its value. */
    static Map<String, Object> tree(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(tree);
    }

    /** A tree after its version. */
    static Map<String, Object> versioned(int version, Map<String, Object> tree) {
        Map<String, Object> versioned = new LinkedHashMap<>();
        versioned.put(VERSION, version);
        versioned.putAll(tree);
        return Collections.unmodifiableMap(versioned);
    }

    /** The name of a constant in a tree: lower snake case. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
