package dev.scientist.decision;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the leaves of a stored tree. It calls no methods of objects but of those that JSON libraries make, and shows no
 * map or list, because one may contain itself.
 */
final class WireValues {

    private static final double EXACT = 0x1p53; // above it a double skips whole numbers
    private static final int MOST_SHOWN = 60;
    private static final int MOST_SAID = 400;
    private static final int MOST_BITS = 200;

    private WireValues() {}

    /** The whole number that a value holds; null if it holds none of at most 64 bits. */
    static @Nullable Long whole(@Nullable Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        try {
            if (value instanceof BigInteger big) {
                return big.longValueExact();
            }
            if (value instanceof BigDecimal decimal) {
                return decimal.longValueExact();
            }
        } catch (ArithmeticException tooBigOrNotWhole) {
            return null;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return number.longValue();
        }
        return null;
    }

    /** Whether a value is a double so large that digits of a whole number may have been lost. */
    static boolean isInexact(@Nullable Object value) {
        return value instanceof Double number && Math.abs(number) > EXACT && !Double.isInfinite(number);
    }

    /** The finite number that a value holds; null if it holds none, or one that a double cannot tell from others. */
    static @Nullable Double number(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : null;
        }
        if (value instanceof BigDecimal decimal) {
            double number = decimal.doubleValue();
            return Double.isFinite(number) ? number : null;
        }
        Long whole = whole(value);
        return whole != null && Math.abs((double) whole) <= EXACT ? Double.valueOf(whole) : null;
    }

    /** A value for a message. */
    static String shown(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return '"' + line(text, MOST_SHOWN) + '"';
        }
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof Collection) {
            return "a list";
        }
        return isShort(value) ? value.toString() : "a " + value.getClass().getName();
    }

    /** A message, in which names of any length may stand, as one line. */
    static String line(String message) {
        return line(message, MOST_SAID);
    }

    private static String line(String text, int most) {
        String shown = text.length() > most ? text.substring(0, most) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean isShort(Object value) {
        if (value instanceof BigInteger big) {
            return big.bitLength() <= MOST_BITS;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().bitLength() <= MOST_BITS;
        }
        return value instanceof Boolean
                || (value instanceof Number && value.getClass().getPackageName().equals("java.lang"));
    }
}
