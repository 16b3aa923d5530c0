package dev.scientist;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps every trial. Inline, so a trial is here before its permits are returned. */
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

    /** The only trial there is. */
    Trial<?> only() {
        if (trials.size() != 1) {
            throw new AssertionError("there are " + trials.size() + " trials: " + trials);
        }
        return trials.element();
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
