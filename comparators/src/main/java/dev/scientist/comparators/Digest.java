package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.io.IOException;

/**
 * A hash that is kept of an object or array that does not matter. It tells whether the other side's had the same
 * tokens, and decides only whether a rule has hidden something.
 *
 * @param hash of all tokens
 */
@SuppressWarnings("EnumOrdinal") // a digest does not outlive its comparison
record Digest(long hash) {

    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L; // 2^64 divided by the golden ratio: odd and well mixed

    /** Reads a value to its end; its first token is the current one. */
    static Digest of(JsonTokens tokens, Kind first) throws IOException {
        long hash = 0;
        int depth = 0;
        Kind kind = first;
        while (true) {
            hash = (hash + kind.ordinal() + 1) * FACTOR;
            switch (kind) {
                case OBJECT, ARRAY -> depth++;
                case OBJECT_END, ARRAY_END -> depth--;
                case NAME -> hash += tokens.name().hashCode();
                case TEXT, NUMBER -> hash += hash(tokens);
                case TRUE, FALSE, NULL -> {}
                case END -> throw new IOException("ends too early");
            }
            if (depth == 0) {
                return new Digest(hash);
            }
            kind = tokens.next();
        }
    }

    private static long hash(Lexeme lexeme) throws IOException {
        int length = lexeme.length();
        int start = lexeme.offset();
        char[] chars = lexeme.chars();
        long hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + chars[i];
        }
        return hash;
    }
}
