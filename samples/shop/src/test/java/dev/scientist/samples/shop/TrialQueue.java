package dev.scientist.samples.shop;

import dev.scientist.Difference;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.Verdict;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps trials for tests that wait for one, because a reactive candidate ends on another thread. */
public final class TrialQueue implements TrialPublisher {

    private static final long PATIENCE = 30;

    private final BlockingQueue<Trial<?>> trials = new LinkedBlockingQueue<>();

    @Override
    public void publish(Trial<?> trial) {
        trials.add(trial);
    }

    /** Forgets all trials, so that {@code has} looks only at those that come from now on. */
    public void forget() {
        trials.clear();
    }

    public boolean has(String experiment, Verdict verdict) throws InterruptedException {
        return has(trial -> trial.experiment().equals(experiment)
                && trial.candidates().get(0).verdict() == verdict);
    }

    boolean has(String experiment, Difference.Kind kind) throws InterruptedException {
        return has(trial -> trial.experiment().equals(experiment)
                && trial.candidates().get(0).differences().stream().anyMatch(difference -> difference.kind() == kind));
    }

    /** Whether there is such a trial, or one comes soon. */
    private boolean has(Predicate<Trial<?>> wanted) throws InterruptedException {
        Trial<?> trial = trials.poll(PATIENCE, TimeUnit.SECONDS);
        while (trial != null && !wanted.test(trial)) {
            trial = trials.poll(PATIENCE, TimeUnit.SECONDS);
        }
        return trial != null;
    }
}
