package dev.scientist.cutover;

import dev.scientist.Difference;
import dev.scientist.Trial;
import dev.scientist.cutover.EvidenceSnapshot.NoisyPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Where the primary differs from itself. Threads: any. Invariant: a path is added when the primary's second answer first
 * differs there, and the number of paths is bounded. Consequence: what the candidate alone differs in is not in it.
 */
final class NoiseCounts {

    private static final int MOST_PATHS = 100; // chosen: more volatile places than that are one: the answer itself

    private record Counts(LongAdder primary, LongAdder candidate) {}

    private final Map<String, Counts> paths = new ConcurrentHashMap<>();

    /** Counts a call that ran the primary twice. */
    void count(Trial.Candidate<?> found, Trial.Candidate<?> replicate) {
        Set<String> volatilePaths = paths(replicate);
        for (String path : volatilePaths) {
            if (paths.containsKey(path) || paths.size() < MOST_PATHS) {
                paths.computeIfAbsent(path, unknown -> new Counts(new LongAdder(), new LongAdder()))
                        .primary
                        .increment();
            }
        }
        if (!paths.isEmpty()) {
            for (String path : paths(found)) {
                Counts known = paths.get(path);
                if (known != null) {
                    known.candidate.increment();
                }
            }
        }
    }

    List<NoisyPath> snapshot() {
        return paths.entrySet().stream()
                .map(entry -> new NoisyPath(
                        entry.getKey(),
                        entry.getValue().primary.sum(),
                        entry.getValue().candidate.sum()))
                .toList();
    }

    private static Set<String> paths(Trial.Candidate<?> found) {
        return found.differences().stream().map(Difference::pathPattern).collect(Collectors.toSet());
    }
}
