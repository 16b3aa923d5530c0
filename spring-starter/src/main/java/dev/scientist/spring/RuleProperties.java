package dev.scientist.spring;

import dev.scientist.Difference.Severity;
import dev.scientist.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One rule under {@code comparator.rules}: places or a side, one thing that the rule does there, and who is responsible
 * for it. {@code null} stands for a property that is not set.
 *
 * @param at The places: a JSON Pointer in which * stands for one segment and ** for any number of them; the
 *     whole document where it is empty.
 * @param side The side whose document gets another structure by rename or transform; instead of at.
 * @param ignored With true, no difference matters there or below.
 * @param presenceOnly With true, both sides must have a value there, whatever it is.
 * @param within How much numbers may differ, 0 or more.
 * @param withinRelative How much numbers may differ, as a share of the primary's number, 0 or more and less than 1.
 * @param scale How numbers are rounded before they are compared.
 * @param withinTime How much times may differ, 0 or more; milliseconds where no unit is given.
 * @param zone The zone of times that are written without one; only together with within-time.
 * @param shape What the texts of both sides must be.
 * @param matching A regular expression that must match the texts of both sides as a whole.
 * @param ignoringCase With true, texts may differ in upper and lower case.
 * @param blankAsMissing With true, null, missing, blank text, an empty array and an empty object are the same.
 * @param placeholder A placeholder of json-unit that both sides must fit, such as any-string.
 * @param anyOrder With true, the elements of an array may come in any order.
 * @param byKey JSON Pointers into the elements of an array; elements with the same values
 *     there are compared with each other.
 * @param mapped For each of the candidate's texts, the text that the primary has for it.
 * @param accepting The name of a BiPredicate bean that decides; it sees the primary's value, then the candidate's.
 * @param rename A move of a value to another place in the document of one side.
 * @param transform The name of a UnaryOperator bean that restructures the document of one side.
 * @param named The name under which the rule is reported. Default: the rule as it is written.
 * @param owner Who is responsible for the rule.
 * @param reason Why the rule is there.
 * @param expires From when on the rule no longer hides anything, such as 2027-01-01T00:00:00Z. Default: never.
 * @param severity The severity of a difference there that no rule hides.
 */
record RuleProperties(
        @Nullable String at,
        @Nullable Side side,
        @Nullable Boolean ignored,
        @Nullable Boolean presenceOnly,
        @Nullable BigDecimal within,
        @Nullable Double withinRelative,
        @Nullable Scale scale,
        @Nullable Duration withinTime,
        @Nullable ZoneId zone,
        @Nullable Shape shape,
        @Nullable String matching,
        @Nullable Boolean ignoringCase,
        @Nullable Boolean blankAsMissing,
        @Nullable String placeholder,
        @Nullable Boolean anyOrder,
        @Nullable List<String> byKey,
        @Nullable Map<String, String> mapped,
        @Nullable String accepting,
        @Nullable Renaming rename,
        @Nullable String transform,
        @Nullable String named,
        @Nullable String owner,
        @Nullable String reason,
        @Nullable Instant expires,
        @Nullable Severity severity) {

    /** The form of a text. */
    enum Shape {
        /** A UUID. */
        UUID,
        /** A ULID. */
        ULID,
        /** A hexadecimal hash of the length of MD5, SHA-1 or SHA-2. */
        HASH
    }

    /**
     * How numbers are rounded.
     *
     * @param digits Digits after the point, -100 to 100.
     * @param rounding The rounding mode for both numbers.
     */
    record Scale(@Nullable Integer digits, @Nullable RoundingMode rounding) {
        @Override
        public String toString() {
            return "{digits: " + digits + ", rounding: " + rounding + "}";
        }
    }

    /**
     * A move of a value within one object.
     *
     * @param from A JSON Pointer, in which * stands for one segment.
     * @param to Such a pointer, the same up to its last *.
     */
    record Renaming(@Nullable String from, @Nullable String to) {
        @Override
        public String toString() {
            return "{from: " + from + ", to: " + to + "}";
        }
    }

    /** The values that are set, by key, in the order of the keys. */
    Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        put(said, "at", at);
        put(said, "side", side);
        put(said, "ignored", ignored);
        put(said, "presence-only", presenceOnly);
        put(said, "within", within);
        put(said, "within-relative", withinRelative);
        put(said, "scale", scale);
        put(said, "within-time", withinTime);
        put(said, "zone", zone);
        put(said, "shape", shape);
        put(said, "matching", matching);
        put(said, "ignoring-case", ignoringCase);
        put(said, "blank-as-missing", blankAsMissing);
        put(said, "placeholder", placeholder);
        put(said, "any-order", anyOrder);
        put(said, "by-key", byKey);
        put(said, "mapped", mapped);
        put(said, "accepting", accepting);
        put(said, "rename", rename);
        put(said, "transform", transform);
        put(said, "named", named);
        put(said, "owner", owner);
        put(said, "reason", reason);
        put(said, "expires", expires);
        put(said, "severity", severity);
        return said;
    }

    private static void put(Map<String, Object> said, String key, @Nullable Object value) {
        if (value != null) {
            said.put(key, value);
        }
    }

    /** The entry in a form in which it could be written. */
    @Override
    public String toString() {
        return said().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
