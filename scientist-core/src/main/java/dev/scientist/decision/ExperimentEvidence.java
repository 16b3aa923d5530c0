package dev.scientist.decision;

import dev.scientist.Experiment;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The counts of all experiments of one name, by epoch.
 *
 * <p>It lives as long as the {@link Evidence}, while experiments of its name are declared and end.
 *
 * <p>Threads: any. Invariant: {@code current} is the open epoch, with a new object for each epoch; it is replaced under
 * the lock. Consequence: trials are counted without a lock, and a trial that was started before the open epoch is
 * counted in the one before it.
 */
final class ExperimentEvidence {

    private static final int MOST_CLOSED = 10; // chosen: a person looks back no further

    /**
     * The reasons of calls that were to be compared and were not. Calls that were not meant to be compared are not
     * missing.
     */
    private static final Set<Reason> SHED =
            EnumSet.of(Reason.SATURATED, Reason.CIRCUIT_OPEN, Reason.UNSAFE, Reason.ABANDONED, Reason.SHUTDOWN);

    private final String experiment;
    private final List<Namesake> namesakes = new ArrayList<>(); // those that have not ended; guarded by lock
    private final List<Ended> ended = new ArrayList<>(); // those that may still be called; guarded by lock
    private final Map<String, Long> shedByOthers = new HashMap<>(); // guarded by lock
    private final InstantSource instants;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Closed> closed = new ArrayDeque<>(); // guarded by lock
    private @Nullable String attribute; // whose values are the strata; guarded by lock
    private Epoch said; // what the application says of the open epoch; guarded by lock
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private volatile long askedIn = Long.MIN_VALUE; // a bucket of time
    private volatile List<String> candidates;
    private volatile boolean isReplicated;
    private volatile Opened current;

    ExperimentEvidence(
            Namesake first, @Nullable String attribute, Epoch said, InstantSource instants, LongSupplier ticker) {
        this.experiment = first.experiment.name();
        this.candidates = first.experiment.candidates();
        this.isReplicated = first.experiment.replicateRate() > 0;
        this.namesakes.add(first);
        this.said = said;
        this.attribute = attribute;
        this.instants = instants;
        this.ticker = ticker;
        this.current = opened(epochs(), null);
    }

    List<String> candidates() {
        return candidates;
    }

    /**
     * Called when another experiment of the name is declared. If others have not ended, it belongs to another Scientist
     * and is counted together with them, as the same or as another comparison. If all have ended, it may have other
     * options, so an epoch is opened for it.
     *
     * @throws IllegalStateException if it has other candidates than those that have not ended; none is counted then
     */
    void join(Namesake other, @Nullable String attributeOfAnew, Epoch first) {
        lock.lock();
        try {
            boolean isAnew = namesakes.isEmpty();
            namesakes.add(other);
            isReplicated = namesakes.stream().anyMatch(each -> each.experiment.replicateRate() > 0);
            if (isAnew) {
                close();
                candidates = other.experiment.candidates();
                attribute = attributeOfAnew;
                said = first;
                current = opened(epochs(), current.counts);
            } else {
                openIfChanged();
                requireSameCandidates(other.experiment);
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireSameCandidates(Experiment<?> other) {
        if (!other.candidates().equals(candidates)) {
            throw new IllegalStateException("experiment \"" + experiment + "\" of another Scientist has the candidates "
                    + other.candidates() + " and not " + candidates + "; give each Scientist an Evidence of its own");
        }
    }

    /**
     * Called when one of the experiments has ended. The calls that it has shed stay counted. It may shed more while
     * somebody can still call it; after that only its numbers are kept.
     */
    void leave(Experiment<?> one) {
        lock.lock();
        try {
            if (namesakes.removeIf(each -> each.experiment == one)) {
                ended.add(new Ended(new WeakReference<>(one), one.tally()));
            }
            if (!namesakes.isEmpty()) {
                openIfChanged();
            }
            List<Ended> over = ended.stream().filter(Ended::isOver).toList();
            over.forEach(each -> each.tally
                    .candidates()
                    .forEach(candidate -> shedByOthers.merge(candidate, shed(each.tally, candidate), Long::sum)));
            ended.removeAll(over);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the open epoch is about an experiment: one that has not ended, or the one that ended last. */
    boolean isAbout(Experiment<?> experiment) {
        lock.lock();
        try {
            boolean hasNotEnded = namesakes.stream().anyMatch(each -> each.experiment == experiment);
            boolean endedLast = namesakes.isEmpty()
                    && !ended.isEmpty()
                    && ended.get(ended.size() - 1).experiment().refersTo(experiment);
            return (hasNotEnded || endedLast) && experiment.candidates().equals(candidates);
        } finally {
            lock.unlock();
        }
    }

    void count(Trial<?> trial) {
        Map<String, EpochCounts> open = current.countsOf(trial, ticker.getAsLong());
        for (Trial.Candidate<?> candidate : trial.candidates()) {
            EpochCounts counts = open.get(candidate.name());
            if (counts != null) {
                counts.count(trial, candidate);
            }
        }
        long bucket = Math.floorDiv(trial.endedAt().getEpochSecond(), Bucket.LENGTH.toSeconds());
        if (bucket != askedIn && isAsking.compareAndSet(false, true)) { // loses to another worker that asks
            try {
                askedIn = bucket;
                askAgain();
            } finally {
                isAsking.set(false);
            }
        }
    }

    /**
     * Asks how the experiments compare now, since that changes when a rule expires. One thread asks at a time, so that
     * no answer replaces a later one. An experiment whose answer fails is not counted until it is declared anew.
     */
    private void askAgain() {
        for (Namesake each : namesakes()) {
            if (each.comparison == null) {
                continue;
            }
            String comparison = null;
            try {
                comparison = each.experiment.options().comparison(); // not under the lock: it is the application's code
            } finally {
                replace(new Namesake(each.experiment, comparison));
            }
        }
    }

    private List<Namesake> namesakes() {
        lock.lock();
        try {
            return List.copyOf(namesakes);
        } finally {
            lock.unlock();
        }
    }

    private void replace(Namesake next) {
        lock.lock();
        try {
            namesakes.replaceAll(each -> each.experiment == next.experiment ? next : each); // none if it has ended
            if (!namesakes.isEmpty()) {
                openIfChanged();
            }
        } finally {
            lock.unlock();
        }
    }

    EvidenceSnapshot snapshot(String candidate) {
        return counts(candidate).snapshot(experiment, shed(candidate), isReplicated, instants.instant());
    }

    List<EvidenceSnapshot> closed(String candidate) {
        lock.lock();
        try {
            List<Closed> ofCandidate = closed.stream()
                    .filter(epoch -> epoch.counts.containsKey(candidate))
                    .toList();
            if (ofCandidate.isEmpty()) {
                counts(candidate); // throws if there is no such candidate
            }
            return ofCandidate.stream()
                    .map(epoch -> epoch.snapshot(experiment, candidate, isReplicated))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void open(Epoch next) {
        lock.lock();
        try {
            said = next;
            openIfChanged();
        } finally {
            lock.unlock();
        }
    }

    /** Opens an epoch if something else is compared from now on. Called under the lock. */
    private void openIfChanged() {
        Set<Epoch> epochs = epochs();
        if (!epochs.equals(current.epochs)) {
            close();
            current = opened(epochs, current.counts);
        }
    }

    /**
     * The epochs of all experiments of the name: one if all compare the same. There is none if one of them has other
     * candidates, or compares in a way that is not known: trials are known only by the name of their experiment, so
     * none of them may be counted then. Called under the lock.
     */
    private Set<Epoch> epochs() {
        Set<Epoch> epochs = new TreeSet<>();
        for (Namesake each : namesakes) {
            boolean isKnown = each.comparison != null || !said.rules().isEmpty();
            if (!isKnown || !each.experiment.candidates().equals(candidates)) {
                return Set.of();
            }
            epochs.add(said.of(Objects.requireNonNullElse(each.comparison, "")));
        }
        return epochs;
    }

    /** Closes the open epoch. Called under the lock. */
    private void close() {
        Map<String, Long> shed = new HashMap<>();
        candidates.forEach(candidate -> shed.put(candidate, shed(candidate)));
        closed.addLast(new Closed(current.counts, shed, instants.instant()));
        if (closed.size() > MOST_CLOSED) {
            closed.removeFirst();
        }
    }

    private Opened opened(Set<Epoch> epochs, @Nullable Map<String, EpochCounts> before) {
        Instant from = instants.instant();
        Map<String, EpochCounts> counts = new HashMap<>();
        for (String candidate : candidates) {
            counts.put(candidate, new EpochCounts(candidate, List.copyOf(epochs), attribute, from, shed(candidate)));
        }
        return new Opened(epochs, Map.copyOf(counts), ticker.getAsLong(), before);
    }

    private EpochCounts counts(String candidate) {
        EpochCounts counts = current.counts.get(candidate);
        if (counts == null) {
            throw new IllegalArgumentException(
                    "experiment \"" + experiment + "\" has no candidate \"" + candidate + "\"; there is " + candidates);
        }
        return counts;
    }

    private long shed(String candidate) {
        lock.lock();
        try {
            long sum = shedByOthers.getOrDefault(candidate, 0L);
            for (Namesake each : namesakes) {
                sum += shed(each.experiment.tally(), candidate);
            }
            for (Ended each : ended) {
                sum += shed(each.tally, candidate);
            }
            return sum;
        } finally {
            lock.unlock();
        }
    }

    private static long shed(Tally tally, String candidate) {
        if (!tally.candidates().contains(candidate)) {
            return 0; // an experiment that has ended may have had other candidates
        }
        long sum = 0;
        for (Reason reason : SHED) {
            sum += tally.count(candidate, Verdict.SKIPPED, reason);
        }
        return sum;
    }

    /**
     * An experiment that has not ended, and how it compares.
     *
     * @param comparison its {@link dev.scientist.ExperimentOptions#comparison()}; null if that failed
     */
    record Namesake(Experiment<?> experiment, @Nullable String comparison) {}

    /** The open epoch, and the counts of the one before it, null for the first. */
    private record Opened(
            Set<Epoch> epochs,
            Map<String, EpochCounts> counts,
            long openedAt,
            @Nullable Map<String, EpochCounts> before) {

        /**
         * The counts for a trial. A call that was under way when the epoch was opened belongs to the epoch before. This
         * is decided by its duration and not by dates, because a clock may be set back.
         */
        Map<String, EpochCounts> countsOf(Trial<?> trial, long now) {
            long took = Duration.between(trial.startedAt(), trial.endedAt()).toNanos();
            return before != null && took > now - openedAt ? before : counts;
        }
    }

    /** An experiment that has ended, and its counts. */
    private record Ended(WeakReference<Experiment<?>> experiment, Tally tally) {

        /**
         * Whether nobody can call it any more, and no call of it is in flight that may still be shed, such as by
         * closing.
         */
        boolean isOver() {
            return experiment.refersTo(null) && tally.inFlight() == 0;
        }
    }

    /** A closed epoch: its counts, the calls that were shed before it was closed, and when it was closed. */
    private record Closed(Map<String, EpochCounts> counts, Map<String, Long> shed, Instant closedAt) {

        EvidenceSnapshot snapshot(String experiment, String candidate, boolean isReplicated) {
            return Objects.requireNonNull(counts.get(candidate))
                    .snapshot(experiment, Objects.requireNonNull(shed.get(candidate)), isReplicated, closedAt);
        }
    }
}
