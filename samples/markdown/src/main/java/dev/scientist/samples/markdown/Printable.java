package dev.scientist.samples.markdown;

/**
 * Makes text from outside printable: some inputs contain control characters on purpose, which a terminal would execute.
 */
final class Printable {

    // The characters from U+2400 on are symbols for the control characters 0 to 31.
    private static final int PICTURES = 0x2400;

    private Printable() {}

    /** Replaces control characters and others that cannot be printed; line breaks and tabs stay. */
    static String text(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Printable::printable).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Does the same as {@link #text}; but in a text of only blanks, tabs and line breaks, these are made visible. */
    static String blanks(String text) {
        return text.isBlank() ? text.replace(' ', '·').replace("\t", "→").replace("\n", "⏎\n") : text(text);
    }

    private static int printable(int character) {
        if (character == '\n' || character == '\t') {
            return character;
        }
        if (character < ' ') {
            return PICTURES + character;
        }
        int type = Character.getType(character);
        boolean unprintable = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
        return unprintable ? 0xFFFD : character;
    }
}
