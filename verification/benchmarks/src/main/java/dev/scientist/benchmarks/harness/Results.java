package dev.scientist.benchmarks.harness;

import java.util.List;

/**
 * What a suite came to; the shape of its JSON file.
 *
 * @param benchmark the suite's name
 * @param quick whether less was measured to save time
 * @param date when it began, ISO 8601 in UTC
 * @param machine processor, cores, memory, operating system
 * @param jdk the Java machine
 * @param loadAverage of the last minute, at the end: well above 1 plus the suite's own means that others were using the
 *     machine
 * @param goals the claims
 */
public record Results(
        String benchmark,
        boolean quick,
        String date,
        String machine,
        String jdk,
        double loadAverage,
        List<Goal> goals) {

    /** Copies the list. */
    public Results {
        goals = List.copyOf(goals);
    }

    /** Whether every claim could be examined, met or not. */
    public boolean areComplete() {
        return goals.stream().allMatch(Goal::isMeasured);
    }
}
