package dev.scientist.comparators;

import java.math.BigDecimal;

/** One value on a {@link TokenTape}, read again as tokens. Confined to one thread. */
final class TapeTokens implements JsonTokens {

    private final TokenTape tape;
    private int current;
    private int position;
    private int depth;

    /** Starts at a value, as if its first token had just been read. */
    TapeTokens(TokenTape tape, int value) {
        this.tape = tape;
        this.current = value;
        this.position = value;
        this.depth = 0;
        advance();
    }

    @Override
    public Kind next() {
        if (depth == 0) {
            return Kind.END;
        }
        current = position;
        advance();
        return tape.kind(current);
    }

    @Override
    public String name() {
        return tape.name(current);
    }

    @Override
    public void skipChildren() {
        if (tape.kind(current).isContainer()) {
            position = tape.after(current);
            depth--;
        }
    }

    @Override
    public char[] chars() {
        return tape.lexeme(current).chars();
    }

    @Override
    public int offset() {
        return tape.lexeme(current).offset();
    }

    @Override
    public int length() {
        return tape.lexeme(current).length();
    }

    @Override
    public String text() {
        return tape.lexeme(current).text();
    }

    @Override
    public BigDecimal number() {
        return tape.lexeme(current).number();
    }

    @Override
    public void close() {
        // the tape is used further
    }

    private void advance() {
        Kind kind = tape.kind(current);
        if (kind.isContainer()) {
            depth++;
            position = tape.inside(current);
        } else {
            if (kind == Kind.OBJECT_END || kind == Kind.ARRAY_END) {
                depth--;
            }
            position = tape.after(current);
        }
    }
}
