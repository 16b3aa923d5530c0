package dev.scientist.decision;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts at which places the candidate's answer and the primary's second answer differ from its first, in the pairs of
 * one stratum. Threads: any. Invariant: the number of places is bounded, and differences at further places are counted
 * at one common place. Consequence: every difference is counted, but not always its place.
 */
final class PlaceCounts {

    static final int MOST_PLACES = 50; // chosen: answers with more volatile places are compared as a whole

    private record Sides(LongAdder worse, LongAdder better, LongAdder both) {

        Sides() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }

        void add(boolean candidateDiffers, boolean primaryDiffers) {
            if (candidateDiffers && primaryDiffers) {
                both.increment();
            } else if (candidateDiffers) {
                worse.increment();
            } else if (primaryDiffers) {
                better.increment();
            }
        }

        Split split() {
            return new Split(worse.sum(), better.sum(), both.sum());
        }
    }

    private record Counted(Sides grave, Sides any) {

        Counted() {
            this(new Sides(), new Sides());
        }

        void add(@Nullable Severity candidate, @Nullable Severity primary) {
            any.add(candidate != null, primary != null); // counted before its part and read after it
            grave.add(isGrave(candidate), isGrave(primary));
        }

        private static boolean isGrave(@Nullable Severity severity) {
            return severity != null && severity != Severity.MINOR;
        }

        Place place(String path) {
            Split graver = grave.split();
            return Place.of(path, graver, any.split());
        }
    }

    private final Map<String, Counted> places = new ConcurrentHashMap<>();

    /** Counts a pair. */
    void count(Trial.Candidate<?> found, Trial.Candidate<?> replicate) {
        if (found.verdict() == Verdict.MATCHED && replicate.verdict() == Verdict.MATCHED) {
            return; // the usual case
        }
        Map<String, Severity> candidate = differences(found);
        Map<String, Severity> primary = differences(replicate);
        Set<String> either = new TreeSet<>(candidate.keySet());
        either.addAll(primary.keySet());
        for (String path : either) {
            places.computeIfAbsent(path, unknown -> new Counted()).add(candidate.get(path), primary.get(path));
        }
    }

    List<Place> snapshot() {
        return places.entrySet().stream()
                .map(entry -> entry.getValue().place(entry.getKey()))
                .toList();
    }

    /** The place of a path, or the common place if there are too many. */
    private String place(String path) {
        if (places.size() < MOST_PLACES) { // a race adds at most one place more for each thread
            places.computeIfAbsent(path, unknown -> new Counted());
        }
        return places.containsKey(path) ? path : Place.BEYOND;
    }

    /** The places at which an answer differs, each with its gravest difference. */
    private Map<String, Severity> differences(Trial.Candidate<?> found) {
        Map<String, Severity> paths = new TreeMap<>();
        switch (found.verdict()) {
            case MISMATCHED -> {
                for (Difference difference : found.differences()) {
                    paths.merge(place(difference.pathPattern()), difference.severity(), StratumCounts::gravest);
                }
            }
            case CANDIDATE_FAILED -> paths.put(Place.FAILED, Severity.MAJOR);
            case TIMED_OUT -> paths.put(Place.LATE, Severity.MAJOR);
            default -> {
                // The answer does not differ, or the difference does not count.
            }
        }
        return paths;
    }
}
