package dev.scientist.samples.shop;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of the demo: on a terminal in one line that is overwritten, elsewhere in a new line every five
 * seconds. For one thread.
 */
final class LiveLine {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean isTerminal;
    private Duration next = PAUSE;

    LiveLine(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    static LiveLine detect(PrintStream out) {
        return new LiveLine(out, isTerminal(System.console()));
    }

    void show(Duration elapsed, String line) {
        if (isTerminal) {
            out.print("\r\u001b[K" + line);
            out.flush();
        } else if (elapsed.compareTo(next) >= 0) {
            out.println(line);
            next = next.plus(PAUSE);
        }
    }

    /** Ends the line, so that it stays on the terminal. */
    void end() {
        if (isTerminal) {
            out.println();
        }
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
