package dev.scientist.samples.markdown;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Formats numbers for people, in the same way on every machine. */
final class Figures {

    private Figures() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count with its noun, such as "1 call" or "2 calls". */
    static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    static String percent(double share) {
        int digits = share > 0 && share < 0.01 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }

    /** A duration in nanoseconds as text, with one to three digits in the unit that suits it. */
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
