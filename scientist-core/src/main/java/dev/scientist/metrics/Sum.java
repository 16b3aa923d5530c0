package dev.scientist.metrics;

import dev.scientist.Experiment;
import dev.scientist.Tally;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sum that one meter shows, over all experiments whose counts are registered under the meter's id.
 *
 * <p>Threads: any may read it, one at a time changes it. Invariant: the counts of an experiment are in the parts or,
 * once nobody can call it any more, in the numbers, never in both. Consequence: the sum never goes backwards, and keeps
 * no experiment from being garbage-collected.
 */
final class Sum {

    /**
     * The counts that one experiment adds.
     *
     * @param what the name and tags of the meter, so that two publishers of the same experiment do not add its counts
     *     twice
     * @param experiment refers to null once the experiment cannot be called any more
     * @param tally the experiment's counts
     * @param count reads the count to add
     * @param total reads the time in nanoseconds to add to the total of a timer
     */
    record Part(
            String what,
            WeakReference<Experiment<?>> experiment,
            Tally tally,
            ToLongFunction<Tally> count,
            ToDoubleFunction<Tally> total) {

        boolean isSameAs(Part other) {
            return tally == other.tally && what.equals(other.what);
        }

        boolean isFinal() {
            return experiment.refersTo(null) && tally.inFlight() == 0;
        }

        long counted() {
            return count.applyAsLong(tally);
        }

        double totalled() {
            return total.applyAsDouble(tally);
        }
    }

    private record State(List<Part> parts, long count, double total) {}

    // The registry's MeterSums, which refers to this sum. Held so that it is found as long as the meter exists.
    private final @Nullable Object keptWithIt;
    private volatile State state = new State(List.of(), 0, 0);

    Sum(@Nullable Object keptWithIt) {
        this.keptWithIt = keptWithIt;
    }

    void add(Part part) {
        settle(); // so that the number of parts does not grow with each experiment that ends
        State before = state;
        if (before.parts.stream().noneMatch(part::isSameAs)) {
            List<Part> parts = new ArrayList<>(before.parts);
            parts.add(part);
            state = new State(List.copyOf(parts), before.count, before.total);
        }
    }

    /** Replaces the parts that cannot change any more by their numbers. */
    void settle() {
        State before = state;
        List<Part> parts = new ArrayList<>();
        long count = before.count;
        double total = before.total;
        for (Part part : before.parts) {
            if (part.isFinal()) {
                count += part.counted();
                total += part.totalled();
            } else {
                parts.add(part);
            }
        }
        if (parts.size() < before.parts.size()) {
            state = new State(List.copyOf(parts), count, total);
        }
    }

    long count() {
        State now = state;
        long sum = now.count;
        for (Part part : now.parts) {
            sum += part.counted();
        }
        return sum;
    }

    double total() {
        State now = state;
        double sum = now.total;
        for (Part part : now.parts) {
            sum += part.totalled();
        }
        return sum;
    }

    /** The number of parts, which can still change. */
    int parts() {
        return state.parts.size();
    }

    @Override
    public String toString() {
        return count() + " of " + parts() + " parts in " + keptWithIt;
    }
}
