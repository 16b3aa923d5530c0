package dev.scientist.benchmarks.harness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts that are run together and reported together.
 *
 * @param name what the suite is asked for by, and the name of its result file
 * @param parts in the order in which they run
 */
public record Suite(String name, List<Part> parts) {

    /** Copies the list. */
    public Suite {
        parts = List.copyOf(parts);
    }

    /** Runs the parts one after another, each in a process of its own; says on the standard error where it is. */
    public Results run(Effort effort) throws InterruptedException {
        Instant date = Instant.now();
        Map<String, List<Goal>> goals = new LinkedHashMap<>(); // what several parts say of one goal stands together
        for (Part part : parts) {
            System.err.printf("[%d/%d] %s: %s%n", parts.indexOf(part) + 1, parts.size(), part.id(), part.title());
            for (Goal goal : Fork.measure(part, effort)) {
                goals.computeIfAbsent(goal.id(), id -> new ArrayList<>()).add(goal);
            }
        }
        return new Results(
                name,
                effort.isQuick(),
                date.toString(),
                Machine.description(),
                Machine.jdk(),
                Machine.loadAverage(),
                goals.values().stream().flatMap(List::stream).toList());
    }
}
