package dev.scientist.spring;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How answers are compared, as far as properties can say it. {@code null} is what nobody said.
 *
 * @param type What compares the answers. Default: equality, or json where any other comparator.* is set.
 * @param ignore Paths that are left out, as JSON Pointers in which * stands for one segment and ** for any number of them,
 *     such as /issuedAt or /audit/**. Default: none.
 * @param anyOrder Paths of arrays whose elements may come in any order, written as for ignore; /** for every array.
 *     Default: none.
 * @param tolerance How much numbers may differ, 0 or more. Default: not at all.
 * @param maxDifferences How many differences of one call are reported, 1 or more.
 * @param rules Rules that say what does not matter, or weighs differently; docs/comparators.md shows each. Those of the
 *     defaults come first. Default: none.
 */
record ComparatorProperties(
        @Nullable Type type,
        @Nullable List<String> ignore,
        @Nullable List<String> anyOrder,
        @Nullable BigDecimal tolerance,
        @Nullable Integer maxDifferences,
        @Nullable List<RuleProperties> rules) {

    /** What compares the answers. */
    enum Type {
        /** The equals method of the answers. */
        EQUALITY,
        /** The answers as JSON documents, written by the application's own mapper. */
        JSON,
        /** The answers as they are: records, fields and collections, without writing them. */
        OBJECTS
    }

    /** These, and where they say nothing, the others; rules are not among it, because they add up. */
    ComparatorProperties over(@Nullable ComparatorProperties others) {
        if (others == null) {
            return this;
        }
        return new ComparatorProperties(
                type != null ? type : hasRules() && others.type != Type.OBJECTS ? Type.JSON : others.type,
                ignore != null ? ignore : others.ignore,
                anyOrder != null ? anyOrder : others.anyOrder,
                tolerance != null ? tolerance : others.tolerance,
                maxDifferences != null ? maxDifferences : others.maxDifferences,
                rules);
    }

    /** What is said where nothing is. */
    static final ComparatorProperties NONE = new ComparatorProperties(null, null, null, null, null, null);

    /** These, with another type. */
    ComparatorProperties typed(Type other) {
        return new ComparatorProperties(other, ignore, anyOrder, tolerance, maxDifferences, rules);
    }

    /** Whether anything is said that only a comparator under rules can do. */
    boolean hasRules() {
        return rules != null || ignore != null || anyOrder != null || tolerance != null || maxDifferences != null;
    }

    /** The first thing said that only a comparator under rules can do, by key. */
    Map.Entry<String, Object> firstRule() {
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        said.put("rules", rules);
        said.put("ignore", ignore);
        said.put("any-order", anyOrder);
        said.put("tolerance", tolerance);
        said.put("max-differences", maxDifferences);
        said.values().removeIf(Objects::isNull);
        return said.entrySet().iterator().next();
    }

    /** Whether the answers are compared under rules. */
    boolean takesRules() {
        return type == null ? hasRules() : type != Type.EQUALITY;
    }
}
