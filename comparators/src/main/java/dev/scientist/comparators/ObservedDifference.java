package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The facts that are remembered of one difference to propose rules: no value is among them. Immutable.
 *
 * @param place a path, with {@code *} for indices, identifiers, addresses, and whatever has five digits in a row
 * @param traits which kinds of rule would hide the difference
 * @param timeGap between two times; zero if they are none
 * @param numberGap between two numbers; zero if they are none
 * @param identity a keyed hash of the primary's text, which tells whether values come again; empty if there is none
 */
record ObservedDifference(String place, Set<Trait> traits, Duration timeGap, BigDecimal numberGap, String identity) {

    /** A difference at a place that is no longer told from others, so no rule would hide it. */
    static final ObservedDifference ELSEWHERE =
            new ObservedDifference("elsewhere", Set.of(), Duration.ZERO, BigDecimal.ZERO, "");

    private static final int LONGEST_PLACE = 300; // characters; chosen: longer ones come from strange keys
    private static final Duration LONGEST_GAP = Duration.ofDays(1); // chosen: beyond it the times really differ
    private static final BigDecimal LARGEST_SHARE =
            new BigDecimal("0.01"); // chosen: beyond it the numbers really differ
    private static final TimeEffect TIME = new TimeEffect(LONGEST_GAP, null);

    private static final Pattern VARYING = Pattern.compile(
            ".*\\d{5}.*|[^@]+@.+|\\d+|\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}|\\p{XDigit}{16,}|[0-7][0-9A-HJKMNP-TV-Z]{25}");

    /** A kind of rule, the strictest first. */
    enum Trait {
        ORDER,
        BLANK,
        CASE,
        TIME,
        UUID,
        ULID,
        HASH,
        NUMBER,
        TEXT
    }

    static ObservedDifference of(Difference difference) {
        String place = place(difference.path());
        if (place.length() > LONGEST_PLACE) {
            return ELSEWHERE;
        }
        Object primary = difference.primary();
        Object candidate = difference.candidate();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Duration timeGap = Duration.ZERO;
        BigDecimal numberGap = BigDecimal.ZERO;
        String identity = "";
        if (difference.kind() == Kind.REORDERED) {
            traits.add(Trait.ORDER);
        }
        if (difference.kind() != Kind.ERROR && Effect.Plain.BLANK_AS_MISSING.accepts(primary, candidate)) {
            traits.add(Trait.BLANK); // a missing value shows as null
        }
        if (primary instanceof String text && candidate instanceof String other) {
            addTextTraits(text, other, traits);
            Duration gap = TIME.gap(text, other);
            if (gap != null && gap.compareTo(LONGEST_GAP) <= 0) {
                traits.add(Trait.TIME);
                timeGap = gap;
            }
            identity = KeyedHash.ofProcess().of(text);
        }
        if (primary instanceof BigDecimal number && candidate instanceof BigDecimal other && isClose(number, other)) {
            traits.add(Trait.NUMBER);
            numberGap = number.subtract(other).abs();
        }
        return new ObservedDifference(place, traits, timeGap, numberGap, identity);
    }

    private static void addTextTraits(String primary, String candidate, Set<Trait> traits) {
        traits.add(Trait.TEXT);
        addIf(Effect.Plain.ANY_CASE.accepts(primary, candidate), Trait.CASE, traits);
        addIf(ShapeEffect.UUID.accepts(primary, candidate), Trait.UUID, traits);
        addIf(ShapeEffect.ULID.accepts(primary, candidate), Trait.ULID, traits);
        addIf(ShapeEffect.HASH.accepts(primary, candidate), Trait.HASH, traits);
    }

    private static void addIf(boolean isSo, Trait trait, Set<Trait> traits) {
        if (isSo) {
            traits.add(trait);
        }
    }

    private static boolean isClose(BigDecimal primary, BigDecimal candidate) {
        if (!Numbers.isWithinLimit(primary) || !Numbers.isWithinLimit(candidate)) {
            return false;
        }
        BigDecimal limit = primary.abs().multiply(LARGEST_SHARE, MathContext.DECIMAL64);
        return primary.subtract(candidate).abs().compareTo(limit) <= 0;
    }

    private static String place(String path) {
        if (path.isEmpty()) {
            return path;
        }
        StringBuilder place = new StringBuilder();
        for (String segment : path.substring(1).split("/", -1)) {
            place.append('/').append(VARYING.matcher(segment).matches() ? "*" : segment.replace("*", "~2"));
        }
        return place.toString();
    }
}
