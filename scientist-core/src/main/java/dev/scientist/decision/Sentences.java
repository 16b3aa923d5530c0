package dev.scientist.decision;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers as people read them. Pure functions, the same in every locale. */
final class Sentences {

    private static final int DECIMALS = 3; // of per cent; what is smaller than that keeps two digits that count

    private Sentences() {}

    /** A number in groups of three digits: 9 120. */
    static String count(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            digits.insert(i, ' ');
        }
        return digits.toString();
    }

    /** A share as per cent: 0.033 %. A bound is rounded away from what it bounds, and so stays one. */
    static String percent(double share, RoundingMode rounding) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        BigDecimal rounded = percent.setScale(DECIMALS, rounding);
        if (rounded.precision() < 2) {
            rounded = percent.round(new MathContext(2, rounding));
        }
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return plain.toPlainString() + " %";
    }

    /** A share as it was measured. */
    static String percent(double share) {
        return percent(share, RoundingMode.HALF_UP);
    }

    /** A threshold or confidence as somebody wrote it: its shortest decimal notation. */
    static String written(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        return (percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros()).toPlainString() + " %";
    }

    /** How sure one is: 99 % for an alpha of 0.01. */
    static String confidence(double alpha) {
        BigDecimal percent = BigDecimal.ONE.subtract(BigDecimal.valueOf(alpha)).movePointRight(2);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** A duration in its two largest units, rounded up to the smaller one. */
    static String duration(Duration duration) {
        long seconds = duration.plusNanos(999_999_999).toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return ceil(seconds, 60) + " min";
        }
        long hours = ceil(seconds, 3_600);
        return hours < 48 ? hours + " h" : ceil(hours, 24) + " d";
    }

    /** Nanoseconds as milliseconds. */
    static String millis(double nanos) {
        return BigDecimal.valueOf(nanos)
                        .movePointLeft(6)
                        .round(new MathContext(3, RoundingMode.HALF_UP))
                        .stripTrailingZeros()
                        .toPlainString()
                + " ms";
    }

    private static long ceil(long number, long unit) {
        return (number + unit - 1) / unit;
    }
}
