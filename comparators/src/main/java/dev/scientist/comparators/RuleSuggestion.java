package dev.scientist.comparators;

import dev.scientist.comparators.ObservedDifference.Trait;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of rule that a place seems to need.
 *
 * @param trait the kind
 * @param timeLimit the limit for a rule about times
 * @param numberLimit the limit for a rule about numbers
 */
record RuleSuggestion(Trait trait, Duration timeLimit, BigDecimal numberLimit) {

    private static final int FEWEST_TEXTS = 5; // chosen: fewer different texts may be chance

    private static final List<Duration> TIME_LIMITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));

    /**
     * Suggests the strictest kind that fits most of the differences seen at one place; null if none fits half of them.
     *
     * @param observed one or more
     */
    static @Nullable RuleSuggestion of(List<ObservedDifference> observed) {
        Trait best = Trait.TEXT;
        long most = 0;
        for (Trait trait : Trait.values()) {
            long fitting = count(observed, trait);
            if (trait != Trait.TEXT && fitting > most) { // strictly: of equal ones the first, which is the strictest
                best = trait;
                most = fitting;
            }
        }
        if (2 * most < observed.size()) {
            return isVolatileText(observed) ? new RuleSuggestion(Trait.TEXT, Duration.ZERO, BigDecimal.ZERO) : null;
        }
        return new RuleSuggestion(best, timeLimit(observed), numberLimit(observed));
    }

    boolean hides(ObservedDifference difference) {
        return difference.traits().contains(trait);
    }

    Rule rule(String place) {
        Rule.Places places = Rule.at(place);
        return switch (trait) {
            case ORDER -> places.anyOrder();
            case BLANK -> places.blankAsMissing();
            case CASE -> places.ignoringCase();
            case TIME -> places.withinTime(timeLimit);
            case UUID -> places.uuid();
            case ULID -> places.ulid();
            case HASH -> places.hash();
            case NUMBER -> places.within(numberLimit);
            case TEXT -> places.presenceOnly();
        };
    }

    /** Tells in words why the rule is suggested. */
    String because() {
        return switch (trait) {
            case ORDER -> "the same elements in another order";
            case BLANK -> "nothing, null or empty on both sides";
            case CASE -> "the same text in upper and lower case";
            case TIME -> "times that are at most " + timeLimit + " apart";
            case UUID -> "a UUID on both sides";
            case ULID -> "a ULID on both sides";
            case HASH -> "a hash of one length on both sides";
            case NUMBER -> "numbers that are at most " + numberLimit.toPlainString() + ", and one per cent, apart";
            case TEXT -> "texts of no known shape that never come again: the rule says nothing about them, look first";
        };
    }

    private static long count(List<ObservedDifference> observed, Trait trait) {
        return observed.stream()
                .filter(difference -> difference.traits().contains(trait))
                .count();
    }

    /** Whether every difference is between two texts, and the primary's is another one each time. */
    private static boolean isVolatileText(List<ObservedDifference> observed) {
        return observed.size() >= FEWEST_TEXTS
                && count(observed, Trait.TEXT) == observed.size()
                && !observed.get(0).place().isEmpty()
                && observed.stream()
                                .map(ObservedDifference::identity)
                                .distinct()
                                .count()
                        == observed.size();
    }

    private static Duration timeLimit(List<ObservedDifference> observed) {
        Duration longest = observed.stream()
                .map(ObservedDifference::timeGap)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return TIME_LIMITS.stream()
                .filter(limit -> limit.compareTo(longest) >= 0)
                .findFirst()
                .orElse(longest);
    }

    private static BigDecimal numberLimit(List<ObservedDifference> observed) {
        return observed.stream()
                .map(ObservedDifference::numberGap)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO)
                .round(new MathContext(1, RoundingMode.UP));
    }
}
