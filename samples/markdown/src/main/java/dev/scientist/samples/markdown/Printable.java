package dev.scientist.samples.markdown;

/** Text from outside, made fit to print: inputs hold control characters on purpose, and a terminal would obey them. */
final class Printable {

    // U+2400 and on are pictures of the control characters 0 to 31.
    private static final int PICTURES = 0x2400;

    private Printable() {}

    /** Every character visible or harmless; line breaks and tabs stay. */
    static String text(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Printable::printable).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Like {@link #text}; but where there is nothing except blanks, tabs and line ends, they are made visible. */
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
