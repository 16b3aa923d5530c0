package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * The options and services that all trials of one experiment use.
 *
 * @param name the experiment's name
 * @param options the experiment's options
 * @param engine the part shared with other experiments
 * @param permits the permits of its candidates in flight
 * @param tally the experiment's counts
 * @param hooks contains and reports failures
 * @param judge finds the verdicts
 * @param adaptive lowers the share of sampled calls; null if the share is constant
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

    /** Returns the time of the monotonic clock, in nanoseconds. */
    long now() {
        return engine.ticker().getAsLong();
    }

    /** Returns the dispatcher, which hands work to workers and finds late work. */
    Dispatcher dispatcher() {
        return engine.dispatcher();
    }

    boolean isSameThread() {
        return options.start == ExperimentOptions.Start.SAME_THREAD;
    }

    /**
     * Whether candidates do not get an argument, because it shares something with the caller and has no copier. This is
     * warned of once for each class.
     */
    boolean isWithheld(@Nullable Object argument) {
        Class<?> shared = options.argumentCopiers.uncopied(argument);
        if (shared != null) {
            hooks.withheldArgument(shared);
        }
        return shared != null;
    }

    /**
     * Claims a permit of the experiment and one of the engine for a trial that is not yet started; takes both or none.
     */
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

    /** Gives both permits back, because the trial will not be started. Allocates nothing. */
    void withdraw(int epoch) {
        engine.release();
        permits.withdraw(epoch);
    }

    /**
     * Gives both permits back, the shared one first, so that a thread that sees nothing in flight finds both free.
     * Meanwhile the experiment's own permit is a claim, so that it is found again if an error hits in between.
     */
    void release() {
        int epoch = engine.reconciliation().epoch();
        boolean isClaimed = permits.beginRelease(epoch);
        engine.release();
        if (isClaimed) { // otherwise the experiment's own permit was corrected before
            permits.withdraw(epoch);
        }
    }
}
