package dev.scientist.decision;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Formats numbers for people. Pure functions, with the same result in every locale. */
final class Sentences {

    private static final int DECIMALS = 3; // of per cent; smaller numbers keep two significant digits

    private Sentences() {}

    /** A number in groups of three digits, such as 9 120. */
    static String count(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            digits.insert(i, ' ');
        }
        return digits.toString();
    }

    /** A share as per cent, such as 0.033 %. The caller rounds a bound outwards, so that it stays a bound. */
    static String percent(double share, RoundingMode rounding) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        BigDecimal rounded = percent.setScale(DECIMALS, rounding);
        if (rounded.precision() < 2) {
            rounded = percent.round(new MathContext(2, rounding));
        }
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return plain.toPlainString() + " %";
    }

    /** A measured share as per cent, rounded to the nearest number. */
    static String percent(double share) {
        return percent(share, RoundingMode.HALF_UP);
    }

    /** A threshold or quantile as per cent, in its shortest decimal notation, as somebody would write it. */
    static String written(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        return (percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros()).toPlainString() + " %";
    }

    /** The confidence for an alpha as per cent: 99 % for 0.01. */
    static String confidence(double alpha) {
        BigDecimal percent = BigDecimal.ONE.subtract(BigDecimal.valueOf(alpha)).movePointRight(2);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** A duration in one unit, seconds, minutes, hours or days, rounded up. */
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

    /** Nanoseconds as milliseconds, with three significant digits. */
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
