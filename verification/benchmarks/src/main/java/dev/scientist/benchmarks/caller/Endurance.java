package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.List;
import java.util.Map;

/**
 * The result of one long run with a slow candidate.
 *
 * @param submitted calls, counted by the callers
 * @param run candidates that ended in time, counted by the library
 * @param shed calls whose candidate was not started, counted by the library
 * @param timedOut candidates that missed the deadline, counted by the library
 * @param started candidates, counted by the candidate
 * @param heap megabytes after a collection, at equal intervals, once everything was full
 * @param growth of the heap since everything was full, in megabytes
 * @param mostInFlight the most candidates seen in flight
 * @param throwables exceptions and errors constructed meanwhile by callers and engine, thrown or not: how many of each
 *     class
 */
record Endurance(
        long submitted,
        long run,
        long shed,
        long timedOut,
        long started,
        Spread heap,
        double growth,
        int mostInFlight,
        Map<String, Long> throwables) {

    private static final double MOST_GROWTH = 1; // compiled code and statistics also leave something on the heap
    private static final int PERMITS = 64; // the default

    List<Goal> goals(Map<String, Integer> rivals) {
        Goal bounded = Goal.atMost(
                        "G6",
                        "heap after a collection: growth since everything was full",
                        Spread.once(growth),
                        MOST_GROWTH,
                        "MB")
                .beside("heap", heap, "MB")
                .beside("in flight at most", Spread.count(mostInFlight), "of 64")
                .butOnlyIf(mostInFlight <= PERMITS, "more in flight than there are permits");
        for (Map.Entry<String, Integer> rival : rivals.entrySet()) {
            bounded = bounded.beside(rival.getKey() + " after 0.3 s", Spread.count(rival.getValue()), "");
        }
        Goal sum = Goal.exactly(
                        "G6",
                        "submitted less (run + shed + timed out)",
                        Spread.count(submitted - (run + shed + timedOut)),
                        0,
                        0,
                        "calls")
                .beside("submitted", Spread.count(submitted), "calls")
                .beside("run", Spread.count(run), "calls")
                .beside("shed", Spread.count(shed), "calls")
                .beside("timed out", Spread.count(timedOut), "calls")
                .butOnlyIf(started == run + timedOut, "the candidate was called " + started + " times")
                .butOnlyIf(shed > 0 && timedOut > 0, "nothing was shed, or nothing was late");
        Goal throwing = Goal.exactly(
                        "G6",
                        "exceptions and errors constructed by callers and engine",
                        Spread.count(throwables.values().stream()
                                .mapToLong(Long::longValue)
                                .sum()),
                        0,
                        0,
                        "objects")
                .note("jdk.JavaExceptionThrow and jdk.JavaErrorThrow of Flight Recorder, written by the constructor"
                        + (throwables.isEmpty() ? "" : "; seen: " + throwables));
        return List.of(bounded, sum, throwing);
    }
}
