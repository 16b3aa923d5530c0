package dev.scientist.comparators;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The characters of one text or number, where they lie: nothing is copied to look at them. They are gone when their
 * owner moves on. Confined to one thread.
 */
interface Lexeme {

    /** The buffer that the characters lie in; not to be changed. */
    char[] chars() throws IOException;

    /** The index in the buffer at which the characters begin. */
    int offset() throws IOException;

    /** The number of characters. */
    int length() throws IOException;

    /** The text, as an object of its own. */
    String text() throws IOException;

    /** The number, with every digit of the document. */
    BigDecimal number() throws IOException;

    /** Whether both have the same characters. */
    static boolean areSame(Lexeme one, Lexeme other) throws IOException {
        int length = one.length(); // first: a text that is still raw is decoded by the first question
        if (length != other.length()) {
            return false;
        }
        int start = one.offset();
        int otherStart = other.offset();
        return Arrays.equals(one.chars(), start, start + length, other.chars(), otherStart, otherStart + length);
    }
}
