package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Base64;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Values of the JDK that are one text, number or truth value, and their form in a plain tree: numbers are a {@link
 * BigDecimal}, but infinities and NaN are text; enum constants are their name; dates and times are ISO-8601 text; bytes
 * are Base64.
 */
final class Scalars {

    private static final int MOST_BITS = 33_000; // of an integer: as many as Numbers.MAGNITUDE digits have

    private static final List<Class<?>> TYPES = List.of(
            CharSequence.class,
            Boolean.class,
            Character.class,
            Enum.class,
            UUID.class,
            URI.class,
            URL.class,
            Locale.class,
            Currency.class,
            Charset.class,
            ZoneId.class,
            TimeZone.class,
            Date.class,
            Calendar.class,
            File.class,
            Path.class,
            Pattern.class,
            Class.class,
            AtomicBoolean.class,
            byte[].class,
            char[].class);

    // Types of these outside the JDK may have more properties.
    private static final List<Class<?>> TYPES_OF_JDK =
            List.of(Number.class, TemporalAccessor.class, TemporalAmount.class);

    private Scalars() {}

    static boolean isScalar(Class<?> type) {
        return TYPES.stream().anyMatch(scalar -> scalar.isAssignableFrom(type))
                || (isOfJdk(type) && TYPES_OF_JDK.stream().anyMatch(scalar -> scalar.isAssignableFrom(type)));
    }

    /** Whether a class is part of the JDK, whose classes are not looked into. */
    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Gives the form of a scalar in a plain tree: String, BigDecimal or Boolean. */
    static Object plain(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof char[] text) {
            return new String(text);
        }
        if (value instanceof Date date) {
            return instant(date).toString();
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant()
                    .atZone(calendar.getTimeZone().toZoneId())
                    .toString();
        }
        if (value instanceof TimeZone zone) {
            return zone.getID();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Pattern pattern && pattern.flags() != 0) {
            return pattern.pattern() + " with flags " + pattern.flags();
        }
        return value instanceof AtomicBoolean truth ? truth.get() : value.toString();
    }

    /** Whether two scalars are the same in a plain tree. */
    static boolean areSame(Object value, Object other) {
        if (isTrusted(value) && value.equals(other)) {
            return true; // the common case
        }
        if (value instanceof String && other instanceof String) {
            return false;
        }
        Object plain = plain(value);
        Object otherPlain = plain(other);
        if (plain instanceof BigDecimal number && otherPlain instanceof BigDecimal otherNumber) {
            return number.compareTo(otherNumber) == 0;
        }
        return plain.equals(otherPlain);
    }

    /** Whether values that are equal as Java sees it are also the same in a plain tree. */
    private static boolean isTrusted(Object value) {
        return value instanceof String
                || (value instanceof Number number && !isBeyondLimit(number))
                || value instanceof Boolean
                || value instanceof TemporalAccessor
                || value instanceof UUID
                || value instanceof Character;
    }

    private static Object number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (isBeyondLimit(number)) {
            throw new OverBudgetException(
                    "a number of the answers is beyond the limit of " + Numbers.MAGNITUDE + " decimal places");
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? BigDecimal.ZERO : decimal; // a zero can have an exponent too
        }
        return Double.isFinite(number.doubleValue()) || number instanceof BigInteger
                ? new BigDecimal(number.toString())
                : number.toString();
    }

    /** Whether the difference from another number could fill the memory. */
    private static boolean isBeyondLimit(Number number) {
        return number instanceof BigDecimal decimal
                ? !Numbers.isWithinLimit(decimal)
                : number instanceof BigInteger integer && integer.bitLength() > MOST_BITS;
    }

    @SuppressWarnings("JavaUtilDate") // answers may hold a Date
    private static Instant instant(Date date) {
        try {
            return date.toInstant();
        } catch (UnsupportedOperationException dateOnly) { // java.sql.Date and Time have no time of day, or no day
            return Instant.ofEpochMilli(date.getTime());
        }
    }
}
