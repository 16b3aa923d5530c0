package dev.scientist.comparators;

import dev.scientist.Difference.Severity;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one place, in the order of the rule set. The first one that accepts a difference counts it.
 *
 * <p>The walk asks only where the plain values differ. {@link #accepts} and {@link #acceptsAbsence} count nothing: they
 * serve probes for elements that belong together; {@link #hides} and {@link #hidesAbsence} count once for each place
 * that does not get into the report.
 *
 * <p>Threads: any. Invariant: immutable but for the counters. Consequence: one instance serves every place that the
 * same rules name.
 */
final class PlaceRules {

    private final List<CountedRule> active;
    private final List<CountedRule> expired;
    private final @Nullable CountedRule ignoring;
    private final @Nullable CountedRule ordering;
    private final boolean isBlankAsMissing;
    private final boolean isForScalars;
    private final boolean isAccepting;
    private final boolean isForNumbers;
    private final Severity severity;

    /**
     * Sums up rules.
     *
     * @param active in the order of the rule set
     * @param expired in the order of the rule set
     */
    PlaceRules(List<CountedRule> active, List<CountedRule> expired) {
        this.active = List.copyOf(active);
        this.expired = List.copyOf(expired);
        this.ignoring = first(effect -> effect == Effect.Plain.IGNORED);
        this.ordering = first(effect -> effect == Effect.Plain.ANY_ORDER || effect instanceof Keys);
        this.isBlankAsMissing = first(effect -> effect == Effect.Plain.BLANK_AS_MISSING) != null;
        this.isForScalars = active.stream()
                        .allMatch(counted -> counted.rule().place().effect().isForScalars())
                && expired.stream()
                        .allMatch(counted -> counted.rule().place().effect().isForScalars());
        this.isAccepting = first(PlaceRules::canAccept) != null;
        this.isForNumbers = first(effect -> canAccept(effect) && !(effect instanceof NumberEffect)) == null;
        this.severity = active.stream()
                .map(counted -> counted.rule().severity())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Severity.MAJOR);
    }

    /** Whether nothing matters at this place and below. Where something differs there, {@link #hid} is to be called. */
    boolean isPlaceIgnored() {
        return ignoring != null;
    }

    /** Whether the elements of an array come in any order here, and have no keys. */
    boolean isAnyOrder() {
        return ordering != null && keys() == null;
    }

    /** The keys by which the elements of an array find each other here; null if they have none. */
    @Nullable
    Keys keys() {
        return ordering != null && ordering.rule().place().effect() instanceof Keys keys ? keys : null;
    }

    /** Whether a missing value, null and an empty value are the same here. */
    boolean isBlankAsMissing() {
        return isBlankAsMissing;
    }

    /** Whether no rule can accept an object or array as a whole: the walk need not ask before it looks into them. */
    boolean isForScalars() {
        return isForScalars;
    }

    /** Whether a rule can accept anything: rules about order and weight alone cannot. */
    boolean isAccepting() {
        return isAccepting;
    }

    /** Whether no rule can accept anything but two numbers. */
    boolean isForNumbers() {
        return isForNumbers;
    }

    /** The severity of a difference here. */
    Severity severity() {
        return severity;
    }

    /** Whether two values that are not equal may stand for each other. Counts nothing. */
    boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return firstThat(active, counted -> counted.accepts(primary, candidate)) != null;
    }

    /** Whether a value may be missing on the other side. Counts nothing. */
    boolean acceptsAbsence(@Nullable Object present) {
        return firstThat(active, counted -> counted.acceptsAbsence(present)) != null;
    }

    /** Whether two values that are not equal are no difference; counts the rule that says so. */
    boolean hides(@Nullable Object primary, @Nullable Object candidate) {
        return hides(counted -> counted.accepts(primary, candidate));
    }

    /** Whether a value that is missing on the other side is no difference; counts the rule that says so. */
    boolean hidesAbsence(@Nullable Object present) {
        return hides(counted -> counted.acceptsAbsence(present));
    }

    /** Counts that something differs at or below this ignored place. */
    void hid() {
        if (ignoring != null) {
            ignoring.hid();
        }
    }

    /** Counts that two arrays differ in their order and are equal by the rule about it. */
    void hidOrder() {
        if (ordering != null) {
            ordering.hid();
        }
    }

    /** Whether a rule may accept two different values, and looks at them. */
    static boolean acceptsValues(Effect effect) {
        return canAccept(effect) && effect != Effect.Plain.IGNORED;
    }

    private static boolean canAccept(Effect effect) {
        return !(effect == Effect.Plain.ANY_ORDER || effect == Effect.Plain.NOTHING || effect instanceof Keys);
    }

    private boolean hides(Predicate<CountedRule> question) {
        CountedRule hiding = firstThat(active, question);
        if (hiding != null) {
            hiding.hid();
            return true;
        }
        CountedRule tooLate = firstThat(expired, question);
        if (tooLate != null) {
            tooLate.sayExpired();
        }
        return false;
    }

    private @Nullable CountedRule first(Predicate<Effect> wanted) {
        return firstThat(active, counted -> wanted.test(counted.rule().place().effect()));
    }

    private static @Nullable CountedRule firstThat(List<CountedRule> countedRules, Predicate<CountedRule> question) {
        for (CountedRule counted : countedRules) {
            if (question.test(counted)) {
                return counted;
            }
        }
        return null;
    }
}
