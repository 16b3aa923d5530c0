package dev.scientist.cutover;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.cutover.EvidenceSnapshot.Epoch;
import java.time.Duration;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
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
    private final List<Experiment<?>> namesakes = new CopyOnWriteArrayList<>(); // of several Scientists
    private final @Nullable String attribute;
    private final InstantSource instants;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Closed> closed = new ArrayDeque<>(); // guarded by lock
    private volatile Opened current;

    ExperimentEvidence(
            Experiment<?> experiment,
            @Nullable String attribute,
            Epoch first,
            InstantSource instants,
            LongSupplier ticker) {
        this.experiment = experiment;
        this.namesakes.add(experiment);
        this.attribute = attribute;
        this.instants = instants;
        this.ticker = ticker;
        this.current = opened(first, null);
    }

    List<String> candidates() {
        return experiment.candidates();
    }

    /** Another Scientist runs it too. */
    void join(Experiment<?> other) {
        if (!other.candidates().equals(candidates())) {
            throw new IllegalStateException(
                    "experiment \"" + other.name() + "\" of another Scientist has the candidates " + other.candidates()
                            + " and not " + candidates() + "; give each Scientist an Evidence of its own");
        }
        namesakes.add(other);
    }

    void count(Trial<?> trial) {
        Map<String, EpochCounts> open = current.countsOf(trial, ticker.getAsLong());
        String stratum = stratum(trial);
        for (Trial.Candidate<?> candidate : trial.candidates()) {
            EpochCounts counts = open.get(candidate.name());
            if (counts != null) {
                counts.count(stratum, trial, candidate);
            }
        }
    }

    EvidenceSnapshot snapshot(String candidate) {
        return counts(candidate).snapshot(experiment.name(), shed(candidate), isReplicated(), instants.instant());
    }

    List<EvidenceSnapshot> closed(String candidate) {
        counts(candidate); // must be one
        lock.lock();
        try {
            return closed.stream()
                    .map(epoch -> epoch.snapshot(experiment.name(), candidate, isReplicated()))
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
            counts.put(candidate, new EpochCounts(candidate, epoch, from, shed(candidate)));
        }
        return new Opened(Map.copyOf(counts), ticker.getAsLong(), before);
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
            for (Experiment<?> each : namesakes) {
                sum += each.tally().count(candidate, Verdict.SKIPPED, reason);
            }
        }
        return sum;
    }

    private boolean isReplicated() {
        return namesakes.stream().anyMatch(each -> each.replicateRate() > 0);
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
            long openedAt,
            @Nullable Map<String, EpochCounts> before) {

        /**
         * A call that was under way when the epoch was opened is of what was there before. By how long it took, and not by
         * the date, which may be set back.
         */
        Map<String, EpochCounts> countsOf(Trial<?> trial, long now) {
            long took = Duration.between(trial.startedAt(), trial.endedAt()).toNanos();
            return before != null && took > now - openedAt ? before : counts;
        }
    }

    /** An epoch that is over: its counts, the calls shed until then, and when it was closed. */
    private record Closed(Map<String, EpochCounts> counts, Map<String, Long> shed, Instant closedAt) {

        EvidenceSnapshot snapshot(String experiment, String candidate, boolean isReplicated) {
            return Objects.requireNonNull(counts.get(candidate))
                    .snapshot(experiment, Objects.requireNonNull(shed.get(candidate)), isReplicated, closedAt);
        }
    }
}
