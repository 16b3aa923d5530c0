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
 * Keeps disagreements in groups, with a few examples each: what differs, how often, since when.
 *
 * <p>A trial belongs to one group for each different {@link Difference#signature()} it shows. Bounded whatever the
 * traffic contains: per experiment at most {@value #MOST_GROUPS} groups, what comes after is pooled in one named
 * {@value #OTHER}; per group at most {@value #MOST_EXAMPLES} examples, a uniform sample of its trials. Examples
 * hold the values of both sides unless a cleaner says otherwise; they stay in this process. What an experiment that was
 * removed has left can be read until another one of its name is declared.
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
    private final Map<String, Integer> living = new ConcurrentHashMap<>(); // more than one, where Scientists share this

    private MismatchReservoir() {}

    /** An empty reservoir, to be given to {@link Scientist.Builder#publisher}. */
    public static MismatchReservoir create() {
        return new MismatchReservoir();
    }

    /** The groups of one experiment, most frequent first; empty for an experiment that never disagreed. A copy. */
    public List<Group> groups(String experiment) {
        Groups groups = experiments.get(experiment);
        return groups == null ? List.of() : groups.sorted();
    }

    @Override
    public void declared(Experiment<?> experiment) {
        if (living.merge(experiment.name(), 1, Integer::sum) == 1) {
            experiments.remove(experiment.name()); // of one that has ended, and may have been compared otherwise
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
     * Disagreements of one kind.
     *
     * @param experiment the experiment
     * @param candidate the candidate that disagreed
     * @param signature what they have in common, see {@link Difference#signature()}; {@value #OTHER} for the pool
     * @param difference one of their differences, for path, kind, severity and types; never with values; null for the
     *     pool
     * @param count how many trials
     * @param firstSeen when the first of them ended
     * @param lastSeen when the last of them ended
     * @param examples some of them; do not let their values leave the process unredacted
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

        /** Names, count and times; no values. */
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

        /** Adds a trial once to each group it belongs to; several of its signatures may belong to the pool. */
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
            // Judged by several workers, trials come in no promised order.
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
