package dev.scientist.samples.markdown;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Numbers as people read them; the same on every machine. */
final class Figures {

    private Figures() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** "1 call", "2 calls". */
    static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    static String percent(double share) {
        int digits = share > 0 && share < 0.01 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }

    /** Two or three digits with the unit that suits them, from nanoseconds. */
    static String time(long nanos) {
        if (nanos < TimeUnit.MICROSECONDS.toNanos(1)) {
            return nanos + " ns";
        }
        if (nanos < TimeUnit.MILLISECONDS.toNanos(1)) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < TimeUnit.SECONDS.toNanos(1) ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
    }
}
