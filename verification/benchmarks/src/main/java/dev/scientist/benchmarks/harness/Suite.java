package dev.scientist.benchmarks.harness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Parts that are run together and reported together. An implementation needs a public constructor without parameters,
 * because the process of each part creates the suite again.
 */
public interface Suite {

    /** The argument of {@code ./bench}, and the name of the result file. */
    String name();

    /** The parts in the order in which they run; the same in every process. */
    List<Part> parts();

    /** Runs the parts one after another, each in a process of its own, and prints each to the standard error. */
    default Results run(Effort effort) throws InterruptedException {
        Instant date = Instant.now();
        List<Part> parts = parts();
        Map<String, List<Goal>> goals = new LinkedHashMap<>(); // puts the claims of all parts about one goal together
        for (int number = 0; number < parts.size(); number++) {
            Part part = parts.get(number);
            System.err.printf("[%d/%d] %s: %s%n", number + 1, parts.size(), part.id(), part.title());
            for (Goal goal : Fork.measure(this, number, effort)) {
                goals.computeIfAbsent(goal.id(), id -> new ArrayList<>()).add(goal);
            }
        }
        return new Results(
                name(),
                effort.isQuick(),
                date.toString(),
                Machine.description(),
                Machine.jdk(),
                Machine.loadAverage(),
                goals.values().stream().flatMap(List::stream).toList());
    }

    /**
     * A few claims that belong together and are measured in a process of their own: code compiled for other parts, and
     * threads they leave behind, would change the figures.
     *
     * @param id the goal the part is about
     * @param title what is measured, for the person who waits
     * @param javaOptions further options of the part's Java machine
     * @param measurement runs in the process of the part
     */
    record Part(String id, String title, Supplier<List<String>> javaOptions, Measurement measurement) {

        /** A part whose Java machine needs no further options. */
        public static Part of(String id, String title, Measurement measurement) {
            return new Part(id, title, List::of, measurement);
        }
    }

    /** Measures the claims of one part. */
    @FunctionalInterface
    interface Measurement {

        /** Measures. */
        List<Goal> measure(Effort effort) throws Exception;
    }
}
