package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * What every trial of one experiment works with.
 *
 * @param name the experiment's name
 * @param options how it runs
 * @param engine what it shares with other experiments
 * @param permits what it has in flight
 * @param tally its counts
 * @param hooks contains what fails
 * @param judge gives the verdicts
 * @param adaptive lowers its share of sampled calls; null where that is constant
 */
record ExperimentRuntime<T>(
        String name,
        ExperimentOptions<T> options,
        Engine engine,
        Permits permits,
        Tally tally,
        Hooks hooks,
        Judge<T> judge,
        @Nullable AdaptiveSampling adaptive)
        implements Reconciliation.PermitHolder {

    /** The time in nanoseconds, of the clock that measures what elapses. */
    long now() {
        return engine.ticker().getAsLong();
    }

    /** What hands work to workers, and finds what is late. */
    Dispatcher dispatcher() {
        return engine.dispatcher();
    }

    boolean isSameThread() {
        return options.start == ExperimentOptions.Start.SAME_THREAD;
    }

    /** Whether an argument must not be given to a candidate as it is, nor is copied for it; told once for each class. */
    boolean isWithheld(@Nullable Object argument) {
        Class<?> shared = options.argumentCopiers.uncopied(argument);
        if (shared != null) {
            hooks.withheldArgument(shared);
        }
        return shared != null;
    }

    /** Takes a permit of the experiment and one of the engine, or none, for a trial that is still to come. */
    boolean tryClaim(int limit, int epoch) {
        if (!permits.tryClaim(limit, epoch)) {
            return false;
        }
        if (!engine.tryAcquire()) {
            permits.withdraw(epoch);
            return false;
        }
        return true;
    }

    /** Gives both back, since the trial will not come to be. Allocates nothing. */
    void withdraw(int epoch) {
        engine.release();
        permits.withdraw(epoch);
    }

    /**
     * Gives both back, the shared one first: who sees nothing in flight finds both free. Meanwhile the experiment's own is
     * claimed, so that it is found where an error hits in between.
     */
    void release() {
        int epoch = engine.reconciliation().epoch();
        boolean isClaimed = permits.beginRelease(epoch);
        engine.release();
        if (isClaimed) { // otherwise its own was corrected before
            permits.withdraw(epoch);
        }
    }
}
