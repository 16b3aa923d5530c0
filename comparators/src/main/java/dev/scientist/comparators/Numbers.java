package dev.scientist.comparators;

import java.io.IOException;
import java.math.BigDecimal;
import net.javacrumbs.jsonunit.core.NumberComparator;
import org.jspecify.annotations.Nullable;

/**
 * Compares numbers by value: 1, 1.0 and 1e0 are equal, whatever class a parser made of them. With a tolerance, numbers
 * are equal that differ by no more than it. (json-unit's own default also compares the number of decimal places.)
 */
final class Numbers implements NumberComparator {

    static final Numbers BY_VALUE = new Numbers();

    /** Decimal places before or after the point; chosen: what Jackson still writes in plain notation. */
    static final int MAGNITUDE = 9_999;

    /** Characters; what Jackson allows by default. */
    static final int LONGEST = 1_000;

    private static final double EXACT = 1L << 53; // below it a double says exactly which whole number it is

    private static final int DIGITS_OF_LONG = 18; // a long holds every number of so many digits

    private Numbers() {}

    @Override
    public boolean compare(BigDecimal expected, BigDecimal actual, @Nullable BigDecimal tolerance) {
        return tolerance == null
                ? expected.compareTo(actual) == 0
                : expected.subtract(actual).abs().compareTo(tolerance) <= 0;
    }

    /** Whether the difference from another number cannot fill the memory. */
    static boolean isWithinLimit(BigDecimal number) {
        return number.signum() == 0 // a zero can have an exponent too
                || Math.abs((long) number.precision() - number.scale()) <= MAGNITUDE;
    }

    /** The same object, as {@code equals} sees it, for all numbers of one value. */
    static Object canonical(BigDecimal number) {
        BigDecimal stripped = number.scale() == 0 ? number : number.stripTrailingZeros();
        boolean isLong = stripped.scale() <= 0 && (long) stripped.precision() - stripped.scale() <= DIGITS_OF_LONG;
        return isLong ? (Object) stripped.longValue() : stripped.stripTrailingZeros();
    }

    /** Does what {@link #canonicalAmongDoubles} does, for the number as which a double is written. */
    static Object canonical(double number) {
        if (!(Math.abs(number) < EXACT)) {
            return canonicalAmongDoubles(BigDecimal.valueOf(number));
        }
        long whole = (long) number;
        return whole == number ? (Object) whole : (Object) number;
    }

    /** The same object, as {@code equals} sees it, for all numbers of one value, some of which are doubles. */
    static Object canonicalAmongDoubles(BigDecimal number) {
        Object canonical = canonical(number);
        if (canonical instanceof Long) {
            return canonical;
        }
        double nearest = number.doubleValue();
        return Math.abs(nearest) < EXACT && BigDecimal.valueOf(nearest).compareTo(number) == 0 ? nearest : canonical;
    }

    /** Whether two numbers are seen to be within the limits and equal, mostly without reading them. */
    static boolean areSeenEqual(Lexeme one, Lexeme other) throws IOException {
        int length = one.length();
        int otherLength = other.length();
        if (length > LONGEST || otherLength > LONGEST) {
            return false;
        }
        char[] chars = one.chars();
        char[] otherChars = other.chars();
        int start = one.offset();
        int otherStart = other.offset();
        boolean hasPoint = false;
        int same = 0;
        while (same < length && same < otherLength && chars[start + same] == otherChars[otherStart + same]) {
            char digit = chars[start + same++];
            if (digit > '9') {
                return areEqualWhenRead(one, other);
            }
            hasPoint |= digit == '.';
        }
        if (areZeros(chars, start + same, start + length, hasPoint)
                && areZeros(otherChars, otherStart + same, otherStart + otherLength, hasPoint)) {
            return true;
        }
        return (hasExponent(chars, start, length) || hasExponent(otherChars, otherStart, otherLength))
                && areEqualWhenRead(one, other);
    }

    /** Whether the end of a number adds nothing to it. */
    private static boolean areZeros(char[] chars, int start, int end, boolean hasPoint) {
        int i = start;
        if (!hasPoint && i < end && chars[i++] != '.') {
            return false;
        }
        while (i < end) {
            if (chars[i++] != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasExponent(char[] chars, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (chars[i] > '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean areEqualWhenRead(Lexeme one, Lexeme other) throws IOException {
        BigDecimal number = one.number();
        BigDecimal otherNumber = other.number();
        return isWithinLimit(number) && isWithinLimit(otherNumber) && number.compareTo(otherNumber) == 0;
    }
}
