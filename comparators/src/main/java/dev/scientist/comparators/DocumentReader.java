package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of one document into a plain tree: {@link LinkedHashMap}, {@link ArrayList} or {@link
 * UnorderedArray}, {@link String}, {@link BigDecimal}, {@link Boolean} and null. What the rules ignore never gets into
 * the tree.
 *
 * <p>It does not recurse, and what it returns is never deeper than {@link #DEPTH}: whoever walks a tree may recurse.
 * Confined to one thread, for one document.
 */
final class DocumentReader {

    /** Levels; chosen: half of what Jackson 3 allows by default, and a third of the default stack. */
    static final int DEPTH = 250;

    /** Decimal places before or after the point; chosen: what Jackson still writes in plain notation. */
    static final int MAGNITUDE = 9_999;

    private static final int INTERRUPT_CHECK_MASK = 1_023; // chosen: often enough for a deadline in milliseconds

    private final String side;
    private final JsonTokens tokens;
    private final PathRules ignored;
    private final PathRules unordered;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int seen;

    DocumentReader(String side, JsonTokens tokens, PathRules ignored, PathRules unordered) {
        this.side = side;
        this.tokens = tokens;
        this.ignored = ignored;
        this.unordered = unordered;
    }

    /** The document. */
    @Nullable
    Object read() throws IOException {
        Kind first = next();
        if (first == Kind.END) {
            throw uncomparable("is empty: it holds no JSON value");
        }
        Object root = value(first, ignored.root(), unordered.root());
        while (!levels.isEmpty()) {
            step();
        }
        if (next() != Kind.END) {
            throw uncomparable("holds more than one JSON value");
        }
        return root;
    }

    private void step() throws IOException {
        Level level = levels.element();
        Kind kind = next();
        if (kind == Kind.END) {
            throw uncomparable("ends too early");
        }
        if (kind == Kind.OBJECT_END || kind == Kind.ARRAY_END) {
            levels.remove();
        } else if (kind == Kind.NAME) {
            field(level, tokens.text());
        } else {
            element(level, kind);
        }
    }

    private void field(Level level, String name) throws IOException {
        Kind kind = next();
        PathRules.Reach reach = level.ignored.child(name);
        if (reach.isNamed()) {
            tokens.skipChildren();
            return;
        }
        int size = level.fields.size();
        level.fields.put(name, value(kind, reach, level.unordered.child(name)));
        if (level.fields.size() == size) {
            throw uncomparable("has the same key twice in one object, which readers understand differently");
        }
    }

    private void element(Level level, Kind kind) throws IOException {
        int index = level.elements.size();
        PathRules.Reach reach = level.ignored.child(index);
        if (reach.isNamed()) {
            tokens.skipChildren();
            level.elements.add(Gap.IGNORED);
            return;
        }
        level.elements.add(value(kind, reach, level.unordered.child(index)));
    }

    /** The value that the current token is, or the still empty container that it opens. */
    private @Nullable Object value(Kind kind, PathRules.Reach ignoredHere, PathRules.Reach unorderedHere)
            throws IOException {
        return switch (kind) {
            case OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                open(new Level(fields, List.of(), ignoredHere, unorderedHere));
                yield fields;
            }
            case ARRAY -> {
                List<@Nullable Object> elements = unorderedHere.isNamed() ? new UnorderedArray() : new ArrayList<>();
                open(new Level(Map.of(), elements, ignoredHere, unorderedHere));
                yield elements;
            }
            case TEXT -> tokens.text();
            case NUMBER -> number(tokens.number());
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case OBJECT_END, ARRAY_END, NAME, END -> throw new IllegalStateException("no value: " + kind);
        };
    }

    private void open(Level level) {
        if (levels.size() == DEPTH) {
            throw uncomparable("is nested deeper than " + DEPTH + " levels");
        }
        levels.push(level);
    }

    /** Refuses numbers whose difference from another one would fill the memory. */
    private BigDecimal number(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO; // a zero can have an exponent too
        }
        long magnitude = (long) number.precision() - number.scale();
        if (Math.abs(magnitude) > MAGNITUDE) {
            throw uncomparable("has a number beyond the limit of " + MAGNITUDE + " decimal places");
        }
        return number;
    }

    private Kind next() throws IOException {
        if ((++seen & INTERRUPT_CHECK_MASK) == 0) {
            UncomparableException.throwIfInterrupted();
        }
        return tokens.next();
    }

    private UncomparableException uncomparable(String what) {
        return new UncomparableException("the " + side + "'s answer " + what);
    }

    /** An open container; the one of the two that it is not stays empty. */
    private record Level(
            Map<String, @Nullable Object> fields,
            List<@Nullable Object> elements,
            PathRules.Reach ignored,
            PathRules.Reach unordered) {}
}
