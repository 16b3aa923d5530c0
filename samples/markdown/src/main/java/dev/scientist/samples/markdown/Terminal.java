package dev.scientist.samples.markdown;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities of the terminal or file that the report is printed to.
 *
 * @param interactive whether a line can be overwritten, so that progress can be shown
 * @param coloured whether it shows colours
 * @param width how many columns to use
 */
record Terminal(boolean interactive, boolean coloured, int width) {

    /** The colours, by their meaning. */
    enum Ink {
        HEADING("1"),
        QUIET("2"),
        GOOD("32"),
        BAD("31"),
        PRIMARY("34"),
        CANDIDATE("33"),
        DIFFERING("1;31");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    private static final int NARROWEST = 76;
    private static final int WIDEST = 100;
    private static final int USUAL = 80;

    /** The capabilities of a pipe or a file. */
    static final Terminal PLAIN = new Terminal(false, false, WIDEST);

    static Terminal detect() {
        return of(System.getenv(), isTerminal(System.console()));
    }

    static Terminal of(Map<String, String> environment, boolean isTerminal) {
        if (!isTerminal) {
            return PLAIN;
        }
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        // See https://no-color.org: if the variable is present and not empty, there are no colours.
        boolean coloured = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(!dumb, coloured, width(environment.getOrDefault("COLUMNS", "")));
    }

    String paint(Ink ink, String text) {
        return coloured ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
    }

    private static int width(String columns) {
        return columns.matches("\\d{1,4}") ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns))) : USUAL;
    }

    // From Java 22 on there can be a console without a terminal, and Console.isTerminal() tells whether there is one.
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
