package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Checks the arguments of public entry points, with one wording for each rule. */
final class Checks {

    // 100 years. A long holds 292 years in nanoseconds, of which half is safe in nanoTime arithmetic.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Checks() {}

    static String text(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank but was \"" + value + "\"");
        }
        return value;
    }

    static double rate(double value, String name) {
        if (!(value >= 0 && value <= 1)) { // also catches NaN
            throw new IllegalArgumentException(name + " must be between 0 and 1 but was " + value);
        }
        return value;
    }

    static Duration positive(Duration value, String name) {
        if (requireNonNull(value, name).isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be longer than zero and at most " + LONGEST.toDays() + " days but was " + value);
        }
        return value;
    }

    static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
        }
        return value;
    }
}
