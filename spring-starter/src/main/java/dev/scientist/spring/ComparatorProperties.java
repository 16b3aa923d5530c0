package dev.scientist.spring;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how answers are compared, as far as properties can say it. {@code null} stands for a property that is not set.
 *
 * @param type What compares the answers. Default: equality, or json where any other comparator.* is set.
 * @param ignore Paths that are left out, as JSON Pointers in which * stands for one segment and ** for any number of
 *     them, such as /issuedAt or /audit/**. Default: none.
 * @param anyOrder Paths of arrays whose elements may come in any order, written as for ignore; /**
 *     for every array. Default: none.
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

    /** The kinds of comparators. */
    enum Type {
        /** The equals method of the answers. */
        EQUALITY,
        /** The answers as JSON documents, written by the application's own mapper. */
        JSON,
        /** The answers as they are: records, fields and collections, without writing them. */
        OBJECTS
    }

    /**
     * These properties, completed by others where they are not set. Rules are not taken from
     * the others, because rules add up.
     */
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

    /** The properties where none is set. */
    static final ComparatorProperties NONE = new ComparatorProperties(null, null, null, null, null, null);

    /** The same properties with another type. */
    ComparatorProperties typed(Type other) {
        return new ComparatorProperties(other, ignore, anyOrder, tolerance, maxDifferences, rules);
    }

    /** Whether any property is set that needs a comparator with rules. */
    boolean hasRules() {
        return rules != null || ignore != null || anyOrder != null || tolerance != null || maxDifferences != null;
    }

    /**
     * The first property that needs a comparator with rules, as its key and value. Call it only if {@link #hasRules()}.
     */
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

    /** Whether the comparator is one that takes rules. */
    boolean takesRules() {
        return type == null ? hasRules() : type != Type.EQUALITY;
    }
}
