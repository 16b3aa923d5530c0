package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import dev.scientist.Side;
import dev.scientist.UncomparableException;
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
 * Reads the tokens of one document, or of one value in it, into a plain tree: {@link LinkedHashMap}, {@link ArrayList},
 * {@link String}, {@link BigDecimal}, {@link Boolean} and null. It keeps only a {@link Digest} of an object or array
 * that the rules ignore.
 *
 * <p>It does not recurse, and what it returns is never deeper than {@link Limits#DEPTH}, so a walk through it may
 * recurse. Confined to one thread, for one document.
 */
final class DocumentReader {

    private final Side side;
    private final JsonTokens tokens;
    private final int depth;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int seen;

    /**
     * Reads a document, or a part of one.
     *
     * @param depth how many levels the part is in
     */
    DocumentReader(Side side, JsonTokens tokens, int depth) {
        this.side = side;
        this.tokens = tokens;
        this.depth = depth;
    }

    /** The document. */
    @Nullable
    Object read(PathState root) throws IOException {
        Kind first = next();
        if (first == Kind.END) {
            throw uncomparable("is empty: it holds no JSON value");
        }
        Object document = readValue(first, root);
        if (next() != Kind.END) {
            throw uncomparable("holds more than one JSON value");
        }
        return document;
    }

    /** The value whose first token is the current one. */
    @Nullable
    Object readValue(Kind first, PathState state) throws IOException {
        Object value = value(first, state);
        while (!levels.isEmpty()) {
            step();
        }
        return value;
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
            field(level, tokens.name());
        } else {
            level.elements.add(value(kind, level.state.child(level.elements.size())));
        }
    }

    private void field(Level level, String name) throws IOException {
        Kind kind = next();
        PathState state = level.state.child(name);
        int size = level.fields.size();
        level.fields.put(name, value(kind, state));
        if (level.fields.size() == size && !state.isIgnored()) {
            throw uncomparable("has the same key twice in one object, which readers understand differently");
        }
    }

    /** The value that the current token is, or the still empty container that it opens. */
    private @Nullable Object value(Kind kind, PathState state) throws IOException {
        return switch (kind) {
            case OBJECT, ARRAY -> state.isIgnored() ? Digest.of(tokens, kind) : open(kind, state);
            case TEXT -> tokens.text();
            case NUMBER -> number();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case OBJECT_END, ARRAY_END, NAME, END -> throw new IllegalStateException("no value: " + kind);
        };
    }

    private Object open(Kind kind, PathState state) {
        if (depth + levels.size() == Limits.DEPTH) {
            throw new OverBudgetException(
                    "the " + side + "'s answer is nested deeper than " + Limits.DEPTH + " levels");
        }
        if (kind == Kind.OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            levels.push(new Level(fields, List.of(), state));
            return fields;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        levels.push(new Level(Map.of(), elements, state));
        return elements;
    }

    /** Refuses numbers whose difference from another one would fill the memory. */
    private BigDecimal number() throws IOException {
        BigDecimal number;
        try {
            number = tokens.number();
        } catch (NumberFormatException unimaginable) { // its exponent does not fit into an int
            throw numberOverBudget();
        }
        if (!Numbers.isWithinLimit(number)) {
            throw numberOverBudget();
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number; // a zero can have an exponent too
    }

    private OverBudgetException numberOverBudget() {
        return new OverBudgetException(
                "the " + side + "'s answer has a number beyond the limit of " + Numbers.MAGNITUDE + " decimal places");
    }

    private Kind next() throws IOException {
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        return tokens.next();
    }

    private UncomparableException uncomparable(String what) {
        return new UncomparableException("the " + side + "'s answer " + what);
    }

    /** An object or array that has not ended. The elements of an object and the fields of an array stay empty. */
    private record Level(Map<String, @Nullable Object> fields, List<@Nullable Object> elements, PathState state) {}
}
