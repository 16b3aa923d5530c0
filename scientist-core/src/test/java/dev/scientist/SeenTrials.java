package dev.scientist;

import static dev.scientist.Eventually.eventually;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Keeps every trial. It is an inline publisher, so a trial that was judged is here before its permits are given back. A
 * trial whose judgement was given up may come a moment later.
 */
final class SeenTrials implements TrialPublisher {

    private final Queue<Trial<?>> trials = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(Trial<?> trial) {
        trials.add(trial);
    }

    @Override
    public boolean isInline() {
        return true;
    }

    List<Trial<?>> all() {
        return List.copyOf(trials);
    }

    int count() {
        return trials.size();
    }

    void await(int count) {
        eventually(count + " trials are published", () -> trials.size() >= count);
    }

    /** The only trial there is, once it is there. */
    Trial<?> only() {
        await(1);
        if (trials.size() != 1) {
            throw new AssertionError("there are " + trials.size() + " trials: " + trials);
        }
        return trials.element();
    }

    /** The first trial of an experiment, once it is there. */
    Trial<?> of(Experiment<?> experiment) {
        Predicate<Trial<?>> isOfIt = trial -> trial.experiment().equals(experiment.name());
        eventually("a trial is published", () -> trials.stream().anyMatch(isOfIt));
        return trials.stream().filter(isOfIt).findFirst().orElseThrow();
    }

    /** The only candidate of the only trial. */
    Trial.Candidate<?> onlyCandidate() {
        List<? extends Trial.Candidate<?>> candidates = only().candidates();
        if (candidates.size() != 1) {
            throw new AssertionError("there are " + candidates.size() + " candidates: " + candidates);
        }
        return candidates.get(0);
    }
}
