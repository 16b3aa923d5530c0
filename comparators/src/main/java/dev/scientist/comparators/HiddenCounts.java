package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what rules have hidden in one comparison. The rules count it when the comparison has come to its verdict, so
 * that a place that is looked at twice is counted once. Confined to one thread.
 */
final class HiddenCounts {

    private final List<Runnable> counts = new ArrayList<>();

    /** Notes that something differs at or below an ignored place. */
    void ignored(PlaceRules rules) {
        counts.add(rules::hid);
    }

    /** Notes that two arrays have the same elements in another order. */
    void order(PlaceRules rules) {
        counts.add(rules::hidOrder);
    }

    /** Notes that two values differ where a rule may accept that. Returns whether it does. */
    boolean values(PlaceRules rules, @Nullable Object primary, @Nullable Object candidate) {
        counts.add(() -> rules.hides(primary, candidate)); // an expired rule says here what it would have hidden
        return rules.accepts(primary, candidate);
    }

    /** Notes that one side has no value where a rule may accept that. Returns whether it does. */
    boolean absence(PlaceRules rules, @Nullable Object present) {
        counts.add(() -> rules.hidesAbsence(present));
        return rules.acceptsAbsence(present);
    }

    boolean isSomething() {
        return !counts.isEmpty();
    }

    void addAll(HiddenCounts more) {
        counts.addAll(more.counts);
    }

    void count() {
        counts.forEach(Runnable::run);
    }
}
