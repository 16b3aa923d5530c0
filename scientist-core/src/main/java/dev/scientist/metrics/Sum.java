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
 * What one meter shows: something of every experiment whose counts ended up under the meter's id.
 *
 * <p>Threads: any reads, one at a time changes it. Invariant: what an experiment counted is in the parts, or, when nobody
 * can call it any more, in the numbers, never in both. Consequence: the sum never goes backwards, and keeps no experiment from being collected.
 */
final class Sum {

    /**
     * What one experiment adds.
     *
     * @param what its counter, so that two publishers which show the same one do not add it twice
     * @param experiment whether it can still be called
     * @param tally its counts
     * @param count what is added
     * @param total what is added to the total of a timer
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

    // Those who have to do with the meter find each other there, as long as the meter is.
    private final @Nullable Object keptWithIt;
    private volatile State state = new State(List.of(), 0, 0);

    Sum(@Nullable Object keptWithIt) {
        this.keptWithIt = keptWithIt;
    }

    void add(Part part) {
        settle(); // so that parts of one name do not become more and more
        State before = state;
        if (before.parts.stream().noneMatch(part::isSameAs)) {
            List<Part> parts = new ArrayList<>(before.parts);
            parts.add(part);
            state = new State(List.copyOf(parts), before.count, before.total);
        }
    }

    /** Turns into numbers what can change no more. */
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

    /** How many parts can still change. */
    int parts() {
        return state.parts.size();
    }

    @Override
    public String toString() {
        return count() + " of " + parts() + " parts in " + keptWithIt;
    }
}
