package dev.scientist.cutover;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.cutover.EvidenceSnapshot.Epoch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one experiment, epoch by epoch.
 *
 * <p>Threads: any. Invariant: {@code current} is the open epoch, a new object for each; it is replaced under the lock.
 * Consequence: trials are counted without a lock, and one that was started before an epoch is counted in the one before it.
 */
final class ExperimentEvidence {

    private static final int MOST_CLOSED = 10; // chosen: what a person looks back at

    /** Calls that were to be compared and were not. Those that were not meant to be are no gap. */
    private static final Set<Reason> SHED =
            EnumSet.of(Reason.SATURATED, Reason.CIRCUIT_OPEN, Reason.UNSAFE, Reason.ABANDONED, Reason.SHUTDOWN);

    private final Experiment<?> experiment;
    private final @Nullable String attribute;
    private final InstantSource instants;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Closed> closed = new ArrayDeque<>(); // guarded by lock
    private volatile Opened current;

    ExperimentEvidence(Experiment<?> experiment, @Nullable String attribute, Epoch first, InstantSource instants) {
        this.experiment = experiment;
        this.attribute = attribute;
        this.instants = instants;
        this.current = opened(first, null);
    }

    List<String> candidates() {
        return experiment.candidates();
    }

    void count(Trial<?> trial) {
        Map<String, EpochCounts> open = current.countsOf(trial);
        String stratum = stratum(trial);
        for (Trial.Candidate<?> candidate : trial.candidates()) {
            EpochCounts counts = open.get(candidate.name());
            if (counts != null) {
                counts.count(stratum, trial, candidate);
            }
        }
    }

    EvidenceSnapshot snapshot(String candidate) {
        return counts(candidate).snapshot(experiment.name(), shed(candidate), instants.instant());
    }

    List<EvidenceSnapshot> closed(String candidate) {
        counts(candidate); // must be one
        lock.lock();
        try {
            return closed.stream()
                    .map(epoch -> epoch.snapshot(experiment.name(), candidate))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void open(Epoch epoch) {
        lock.lock();
        try {
            Opened before = current;
            if (before.counts.values().stream().anyMatch(counts -> counts.isOf(epoch))) {
                return;
            }
            Map<String, Long> shed = new HashMap<>();
            candidates().forEach(candidate -> shed.put(candidate, shed(candidate)));
            closed.addLast(new Closed(before.counts, shed, instants.instant()));
            if (closed.size() > MOST_CLOSED) {
                closed.removeFirst();
            }
            current = opened(epoch, before.counts);
        } finally {
            lock.unlock();
        }
    }

    private Opened opened(Epoch epoch, @Nullable Map<String, EpochCounts> before) {
        Instant from = instants.instant();
        Map<String, EpochCounts> counts = new HashMap<>();
        for (String candidate : candidates()) {
            counts.put(
                    candidate,
                    new EpochCounts(candidate, epoch, from, shed(candidate), experiment.replicateRate() > 0));
        }
        return new Opened(Map.copyOf(counts), from, before);
    }

    private EpochCounts counts(String candidate) {
        EpochCounts counts = current.counts.get(candidate);
        if (counts == null) {
            throw new IllegalArgumentException("experiment \"" + experiment.name() + "\" has no candidate \""
                    + candidate + "\"; there is " + candidates());
        }
        return counts;
    }

    private long shed(String candidate) {
        long sum = 0;
        for (Reason reason : SHED) {
            sum += experiment.tally().count(candidate, Verdict.SKIPPED, reason);
        }
        return sum;
    }

    private String stratum(Trial<?> trial) {
        if (attribute == null) {
            return Evidence.ALL;
        }
        Object value = trial.attributes().get(attribute);
        return value == null ? Evidence.OTHER : value.toString();
    }

    /** The open epoch, and the counts of the one before it, null for the first. */
    private record Opened(
            Map<String, EpochCounts> counts,
            Instant from,
            @Nullable Map<String, EpochCounts> before) {

        /** A call that was under way when the epoch was opened is of what was there before. */
        Map<String, EpochCounts> countsOf(Trial<?> trial) {
            return before != null && trial.startedAt().isBefore(from) ? before : counts;
        }
    }

    /** An epoch that is over: its counts, the calls shed until then, and when it was closed. */
    private record Closed(Map<String, EpochCounts> counts, Map<String, Long> shed, Instant closedAt) {

        EvidenceSnapshot snapshot(String experiment, String candidate) {
            return Objects.requireNonNull(counts.get(candidate))
                    .snapshot(experiment, Objects.requireNonNull(shed.get(candidate)), closedAt);
        }
    }
}
