package dev.scientist.samples.markdown;

import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The mismatch rate of one experiment in the course of the run. A point is recorded each time the number of compared
 * calls has grown by five per cent.
 *
 * <p>Threads: any; a lock orders them. Invariant: {@code bad <= compared}, and points are only added. Consequence: each
 * point is a state that the run really had.
 */
final class RateTrail implements TrialPublisher {

    private static final double APART = 1.05;

    private final String experiment;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RatePoint> points = new ArrayList<>();
    private long compared;
    private long bad;
    private double next = 1;

    RateTrail(String experiment) {
        this.experiment = experiment;
    }

    @Override
    public void publish(Trial<?> trial) {
        Verdict verdict = trial.candidates().get(0).verdict();
        if (!trial.experiment().equals(experiment) || !Verdicts.isCompared(verdict)) {
            return;
        }
        lock.lock();
        try {
            compared++;
            bad += Verdicts.isBad(verdict) ? 1 : 0;
            if (compared >= next) {
                points.add(new RatePoint(compared, bad));
                next = compared * APART;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isInline() {
        return true;
    }

    /** The points so far; the last one has the current counts. */
    List<RatePoint> points() {
        lock.lock();
        try {
            List<RatePoint> all = new ArrayList<>(points);
            if (compared > 0 && points.get(points.size() - 1).compared() < compared) {
                all.add(new RatePoint(compared, bad));
            }
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }
}
