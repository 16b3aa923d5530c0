package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;

/** Times in a unit that a person reads. */
final class Units {

    private static final double MICROSECOND = 1e3;
    private static final double MILLISECOND = 1e6;

    private Units() {}

    static Goal beside(Goal goal, String name, Spread nanos) {
        if (nanos.median() < MICROSECOND) {
            return goal.beside(name, nanos, "ns");
        }
        return nanos.median() < MILLISECOND
                ? goal.beside(name, nanos.map(figure -> figure / MICROSECOND), "us")
                : goal.beside(name, nanos.map(figure -> figure / MILLISECOND), "ms");
    }
}
