package dev.scientist.cutover;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.cutover.EvidenceSnapshot.Place;
import dev.scientist.cutover.EvidenceSnapshot.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the candidate and the primary's second answer differ from its first, in the pairs of one stratum. Threads: any.
 * Invariant: the number of places is bounded, and what is beyond it is counted at one more. Consequence: no difference is left
 * out, only its place.
 */
final class PlaceCounts {

    /** The answer as a whole. */
    private static final String WHOLE = "";

    private static final int MOST_PLACES = 50; // chosen: answers with more volatile places are compared as a whole

    private record Counted(AtomicReference<Severity> gravest, LongAdder worse, LongAdder better, LongAdder both) {

        Counted() {
            this(new AtomicReference<>(Severity.MINOR), new LongAdder(), new LongAdder(), new LongAdder());
        }

        void add(boolean candidateDiffers, boolean primaryDiffers, Severity severity) {
            gravest.accumulateAndGet(severity, Place::gravest);
            if (candidateDiffers && primaryDiffers) {
                both.increment();
            } else {
                (candidateDiffers ? worse : better).increment();
            }
        }

        Place place(String path) {
            return new Place(path, requireNonNull(gravest.get()), new Split(worse.sum(), better.sum(), both.sum()));
        }
    }

    private final Map<String, Counted> places = new ConcurrentHashMap<>();

    /** Counts a pair. */
    void count(Trial.Candidate<?> found, Trial.Candidate<?> replicate) {
        if (found.verdict() == Verdict.MATCHED && replicate.verdict() == Verdict.MATCHED) {
            return; // as usual
        }
        Map<String, Severity> candidate = differences(found);
        Map<String, Severity> primary = differences(replicate);
        Map<String, Severity> either = new TreeMap<>(candidate);
        primary.forEach((path, severity) -> either.merge(path, severity, Place::gravest));
        either.forEach((path, severity) -> places.computeIfAbsent(path, unknown -> new Counted())
                .add(candidate.containsKey(path), primary.containsKey(path), severity));
    }

    List<Place> snapshot() {
        return places.entrySet().stream()
                .map(entry -> entry.getValue().place(entry.getKey()))
                .toList();
    }

    /** The place itself, or the one for those beyond their number. */
    private String place(String path) {
        if (places.size() < MOST_PLACES) { // a race adds as many more as there are threads, at most
            places.computeIfAbsent(path, unknown -> new Counted());
        }
        return places.containsKey(path) ? path : Evidence.OTHER;
    }

    /** Each place once, with the gravest difference there. */
    private Map<String, Severity> differences(Trial.Candidate<?> found) {
        Map<String, Severity> paths = new TreeMap<>();
        switch (found.verdict()) {
            case MISMATCHED -> {
                for (Difference difference : found.differences()) {
                    paths.merge(place(difference.pathPattern()), difference.severity(), Place::gravest);
                }
            }
            case CANDIDATE_FAILED, TIMED_OUT -> paths.put(place(WHOLE), Severity.MAJOR);
            default -> {
                // nothing that differs, or nothing that counts
            }
        }
        return paths;
    }
}
