package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A record of the tokens of one part of a document, so that they can be looked at in another order. It is far smaller
 * than a tree, and is used again for the next part. Its methods of a {@link Lexeme} are about the text or number that
 * was last asked for. Confined to one thread.
 *
 * <p>A position is an index into {@code cells}. There a token has its kind, and behind it:
 *
 * <ul>
 *   <li>object, array: the position after its end, and how many fields or elements it has
 *   <li>name: its index in {@code names}
 *   <li>text, number: where its characters begin in {@code chars}, and how many they are
 *   <li>the others, the end of an object or array among them: nothing
 * </ul>
 */
@SuppressWarnings("EnumOrdinal") // a tape does not outlive its comparison
final class TokenTape implements Lexeme {

    private static final Kind[] KINDS = Kind.values();
    private static final int CONTAINER_CELLS = 3;
    private static final int NAME_CELLS = 2;
    private static final int SCALAR_CELLS = 3;

    private int[] cells = new int[256];
    private int end;
    private char[] chars = new char[1_024];
    private int charsEnd;
    private String[] names = new String[64];
    private int namesEnd;
    private int[] open = new int[16]; // positions of the containers that have not ended
    private int current;

    /**
     * Writes down the rest of an object, from the current token on, which is a name or the end of the object. The tape
     * then holds one object at position 0 with these fields.
     */
    void recordRestOfObject(JsonTokens tokens, Kind first) throws IOException {
        end = 0;
        charsEnd = 0;
        namesEnd = 0;
        openContainer(Kind.OBJECT, 0);
        int depth = 1;
        Kind kind = first;
        while (true) {
            switch (kind) {
                case OBJECT, ARRAY -> {
                    count(depth);
                    openContainer(kind, depth++);
                }
                case OBJECT_END, ARRAY_END -> {
                    add(kind.ordinal());
                    cells[open[--depth] + 1] = end;
                    if (depth == 0) {
                        return;
                    }
                }
                case NAME -> name(tokens.name());
                case TEXT, NUMBER -> {
                    count(depth);
                    characters(tokens, kind);
                }
                case TRUE, FALSE, NULL -> {
                    count(depth);
                    add(kind.ordinal());
                }
                case END -> throw new IOException("ends too early");
            }
            kind = tokens.next();
        }
    }

    Kind kind(int position) {
        return KINDS[cells[position]];
    }

    /** The position of the first token inside an object or array. */
    int inside(int container) {
        return container + CONTAINER_CELLS;
    }

    /** The number of fields or elements of an object or array. */
    int size(int container) {
        return cells[container + 2];
    }

    String name(int position) {
        return names[cells[position + 1]];
    }

    /** The position of the value that a name has. */
    int value(int name) {
        return name + NAME_CELLS;
    }

    /** The position after a value. */
    int after(int value) {
        return switch (kind(value)) {
            case OBJECT, ARRAY -> cells[value + 1];
            case TEXT, NUMBER -> value + SCALAR_CELLS;
            case NAME -> value + NAME_CELLS;
            case OBJECT_END, ARRAY_END, TRUE, FALSE, NULL, END -> value + 1;
        };
    }

    /** The text or number at a position, until the next one is asked for. */
    TokenTape lexeme(int position) {
        current = position;
        return this;
    }

    @Override
    public char[] chars() {
        return chars;
    }

    @Override
    public int offset() {
        return cells[current + 1];
    }

    @Override
    public int length() {
        return cells[current + 2];
    }

    @Override
    public String text() {
        return new String(chars, offset(), length());
    }

    @Override
    public BigDecimal number() {
        return new BigDecimal(chars, offset(), length());
    }

    private void openContainer(Kind kind, int depth) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth] = end;
        add(kind.ordinal());
        add(0);
        add(0);
    }

    private void count(int depth) {
        cells[open[depth - 1] + 2]++;
    }

    private void name(String name) {
        if (namesEnd == names.length) {
            names = Arrays.copyOf(names, 2 * namesEnd);
        }
        add(Kind.NAME.ordinal());
        add(namesEnd);
        names[namesEnd++] = name;
    }

    private void characters(JsonTokens tokens, Kind kind) throws IOException {
        int length = tokens.length();
        if (length > chars.length - charsEnd) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, charsEnd + length));
        }
        System.arraycopy(tokens.chars(), tokens.offset(), chars, charsEnd, length);
        add(kind.ordinal());
        add(charsEnd);
        add(length);
        charsEnd += length;
    }

    private void add(int cell) {
        if (end == cells.length) {
            cells = Arrays.copyOf(cells, 2 * end);
        }
        cells[end++] = cell;
    }
}
