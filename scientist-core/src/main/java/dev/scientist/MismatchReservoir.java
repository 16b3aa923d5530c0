package dev.scientist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps disagreements in groups, with a few examples each. A group shows what differs, how often, and since when.
 *
 * <p>A trial belongs to one group for each different {@link Difference#signature()} that it shows. Memory is bounded
 * whatever the traffic contains. For each experiment there are at most {@value #MOST_GROUPS} groups; further
 * disagreements of a candidate are pooled in a group named {@value #OTHER}. For each group there are at most
 * {@value #MOST_EXAMPLES} examples, which are a uniform sample of its trials. Examples hold the values of both sides
 * unless a cleaner changes that; they stay in this process. The groups of a removed experiment can be read until
 * another experiment with its name is declared.
 *
 * <p>Threads: any. Invariant: a group's count grows by one for each trial that shows its signature. Consequence:
 * nothing is lost, because this publisher works without a backlog.
 *
 * @since 0.1.0
 */
public final class MismatchReservoir implements TrialPublisher {

    private static final int MOST_GROUPS = 100; // chosen: more than a person reads
    private static final int MOST_EXAMPLES = 3; // chosen
    private static final String OTHER = "other";

    private final Map<String, Groups> experiments = new ConcurrentHashMap<>();
    private final Map<String, Integer> living = new ConcurrentHashMap<>(); // more than one if Scientists share this

    private MismatchReservoir() {}

    /** Creates an empty reservoir, to be given to {@link Scientist.Builder#publisher}. */
    public static MismatchReservoir create() {
        return new MismatchReservoir();
    }

    /**
     * Returns a copy of the groups of one experiment, most frequent first; empty for an experiment that never
     * disagreed.
     */
    public List<Group> groups(String experiment) {
        Groups groups = experiments.get(experiment);
        return groups == null ? List.of() : groups.sorted();
    }

    @Override
    public void declared(Experiment<?> experiment) {
        if (living.merge(experiment.name(), 1, Integer::sum) == 1) {
            experiments.remove(experiment.name()); // left by an ended experiment, which may have compared differently
        }
    }

    @Override
    public void ended(Experiment<?> experiment) {
        living.computeIfPresent(experiment.name(), (name, several) -> several == 1 ? null : several - 1);
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement();
    }

    @Override
    public void publish(Trial<?> trial) {
        Groups groups = experiments.computeIfAbsent(trial.experiment(), name -> new Groups());
        for (Trial.Candidate<?> candidate : trial.disagreements()) {
            Map<String, Difference> bySignature = new LinkedHashMap<>();
            for (Difference difference : candidate.differences()) {
                bySignature.putIfAbsent(difference.signature(), difference);
            }
            groups.add(candidate.name(), bySignature, trial);
        }
    }

    @Override
    public boolean isInline() {
        return true;
    }

    /**
     * A group of disagreements with the same signature.
     *
     * @param experiment the experiment
     * @param candidate the candidate that disagreed
     * @param signature what the disagreements have in common, see {@link Difference#signature()}; {@value #OTHER} for
     *     the pool
     * @param difference one of the differences without its values, which shows path, kind, severity and types; null for
     *     the pool
     * @param count the number of trials in the group
     * @param firstSeen when the first trial of the group ended
     * @param lastSeen when the last trial of the group ended
     * @param examples some of the trials; do not let their values leave the process unredacted
     */
    public record Group(
            String experiment,
            String candidate,
            String signature,
            @Nullable Difference difference,
            long count,
            Instant firstSeen,
            Instant lastSeen,
            List<Trial<?>> examples) {

        /** Returns names, count and times, but no values. */
        @Override
        public String toString() {
            return experiment + " " + candidate + ": " + count + " x " + signature + " from " + firstSeen + " to "
                    + lastSeen;
        }
    }

    /** The groups of one experiment. */
    private static final class Groups {
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Collected> byKey = new LinkedHashMap<>();

        /** Adds a trial once to each group to which it belongs. Several of its signatures may belong to the pool. */
        void add(String candidate, Map<String, Difference> bySignature, Trial<?> trial) {
            lock.lock();
            try {
                Set<Collected> groups = new LinkedHashSet<>();
                bySignature.forEach(
                        (signature, difference) -> groups.add(group(candidate, signature, difference, trial)));
                groups.forEach(group -> group.add(trial));
            } finally {
                lock.unlock();
            }
        }

        private Collected group(String candidate, String signature, Difference difference, Trial<?> trial) {
            Collected known = byKey.get(candidate + ' ' + signature);
            if (known != null) {
                return known;
            }
            return byKey.size() < MOST_GROUPS
                    ? byKey.computeIfAbsent(
                            candidate + ' ' + signature,
                            key -> new Collected(candidate, signature, difference.withoutValues(), trial))
                    : byKey.computeIfAbsent(
                            candidate + ' ' + OTHER, key -> new Collected(candidate, OTHER, null, trial));
        }

        List<Group> sorted() {
            lock.lock();
            try {
                return byKey.values().stream()
                        .map(Collected::group)
                        .sorted(Comparator.comparingLong(Group::count).reversed())
                        .toList();
            } finally {
                lock.unlock();
            }
        }
    }

    /** One group while it grows. Guarded by the lock of its {@link Groups}. */
    private static final class Collected {
        private final String candidate;
        private final String signature;
        private final @Nullable Difference difference;
        private final List<Trial<?>> examples = new ArrayList<>(MOST_EXAMPLES);
        private final String experiment;
        private Instant firstSeen;
        private Instant lastSeen;
        private long count;

        Collected(String candidate, String signature, @Nullable Difference difference, Trial<?> first) {
            this.candidate = candidate;
            this.signature = signature;
            this.difference = difference;
            this.experiment = first.experiment();
            this.firstSeen = first.endedAt();
            this.lastSeen = first.endedAt();
        }

        void add(Trial<?> trial) {
            count++;
            // Several workers judge, so trials come in no particular order.
            firstSeen = trial.endedAt().isBefore(firstSeen) ? trial.endedAt() : firstSeen;
            lastSeen = trial.endedAt().isAfter(lastSeen) ? trial.endedAt() : lastSeen;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(trial);
            } else {
                long place = ThreadLocalRandom.current().nextLong(count); // Vitter's algorithm R
                if (place < MOST_EXAMPLES) {
                    examples.set((int) place, trial);
                }
            }
        }

        Group group() {
            return new Group(
                    experiment, candidate, signature, difference, count, firstSeen, lastSeen, List.copyOf(examples));
        }
    }
}
