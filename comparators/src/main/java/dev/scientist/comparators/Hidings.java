package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules have hidden in one comparison. The rules count it when the comparison has come to its verdict, so that
 * what is looked at twice is counted once. Confined to one thread.
 */
final class Hidings {

    private final List<Runnable> counts = new ArrayList<>();

    /** Something differs at or below an ignored place. */
    void ignored(Treatment treatment) {
        counts.add(treatment::hid);
    }

    /** Two arrays have the same elements in another order. */
    void order(Treatment treatment) {
        counts.add(treatment::hidOrder);
    }

    /** Two values differ, and a rule may accept that: whether it does. */
    boolean values(Treatment treatment, @Nullable Object primary, @Nullable Object candidate) {
        counts.add(() -> treatment.hides(primary, candidate)); // an expired rule says here what it would have hidden
        return treatment.accepts(primary, candidate);
    }

    /** One side has no value, and a rule may accept that: whether it does. */
    boolean absence(Treatment treatment, @Nullable Object present) {
        counts.add(() -> treatment.hidesAbsence(present));
        return treatment.acceptsAbsence(present);
    }

    boolean isSomething() {
        return !counts.isEmpty();
    }

    void addAll(Hidings more) {
        counts.addAll(more.counts);
    }

    void count() {
        counts.forEach(Runnable::run);
    }
}
