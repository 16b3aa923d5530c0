package dev.scientist.comparators;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets two times differ, the limit included. A time is
 *
 * <ul>
 *   <li>ISO-8601 text with a zone or offset ({@code Z}, {@code +01:00}, {@code +0100}): a moment;
 *   <li>ISO-8601 text without one: a moment if there is a zone for such times, else the reading of a clock;
 *   <li>a date: a day, compared with days only, from midnight to midnight;
 *   <li>a number: seconds since 1970, or milli-, micro- or nanoseconds, whichever puts it closest to our days. Both
 *       numbers must be in the same unit. A number taken for a larger unit than it is makes the rule stricter.
 * </ul>
 *
 * <p>Two times of different kinds are never alike.
 *
 * @param limit 0 or more
 * @param zone of times that come without one; null to compare them with each other only
 */
record TimeEffect(Duration limit, @Nullable ZoneId zone) implements Effect {

    private static final int SHORTEST = "2026-01-01".length();
    private static final int LONGEST = 64; // chosen: nanoseconds, offset and the longest name of a zone

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z") // Jackson 2 writes dates so
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .optionalStart()
            .appendLiteral('[')
            .parseCaseSensitive()
            .appendZoneRegionId()
            .appendLiteral(']')
            .toFormatter();

    static TimeEffect of(Duration limit, @Nullable ZoneId zone) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("must have a limit of 0 or more");
        }
        return new TimeEffect(limit, zone);
    }

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        Duration gap = gap(primary, candidate);
        return gap != null && gap.compareTo(limit) <= 0;
    }

    /** The distance of two times; null if they are not two times of one kind. */
    @Nullable
    Duration gap(@Nullable Object primary, @Nullable Object candidate) {
        Time time = time(primary);
        Time other = time(candidate);
        return time == null || other == null || time.kind != other.kind
                ? null
                : Duration.between(time.moment, other.moment).abs();
    }

    private @Nullable Time time(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return ofNumber(number);
        }
        return value instanceof String text && text.length() >= SHORTEST && text.length() <= LONGEST
                ? ofText(text)
                : null;
    }

    private @Nullable Time ofText(String text) {
        try {
            if (text.length() == SHORTEST) {
                return new Time(Kind.DAY, LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            TemporalAccessor parsed =
                    DATE_TIME.parseBest(text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
            if (parsed instanceof LocalDateTime clock) {
                return zone == null
                        ? new Time(Kind.CLOCK, clock.toInstant(ZoneOffset.UTC))
                        : new Time(Kind.MOMENT, clock.atZone(zone).toInstant());
            }
            return new Time(Kind.MOMENT, Instant.from(parsed));
        } catch (DateTimeException noTime) {
            return null; // some other text: the rule says nothing about it
        }
    }

    private static @Nullable Time ofNumber(BigDecimal number) {
        for (Kind unit : new Kind[] {Kind.SECONDS, Kind.MILLIS, Kind.MICROS, Kind.NANOS}) {
            // A number below 10^11 is seconds, up to the year 5138; the next unit begins there, in the year 1973.
            if (number.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(11 + unit.decimals)) < 0) {
                BigDecimal seconds = number.movePointLeft(unit.decimals);
                long whole = seconds.longValue();
                long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                        .movePointRight(9)
                        .longValue();
                return new Time(unit, Instant.ofEpochSecond(whole, nanos));
            }
        }
        return null;
    }

    /** The kind of a time, and for a number its unit. */
    private enum Kind {
        MOMENT(0),
        CLOCK(0),
        DAY(0),
        SECONDS(0),
        MILLIS(3),
        MICROS(6),
        NANOS(9);

        private final int decimals;

        Kind(int decimals) {
            this.decimals = decimals;
        }
    }

    private record Time(Kind kind, Instant moment) {}
}
