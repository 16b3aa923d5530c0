package dev.scientist;

import dev.scientist.ExperimentSettings.Halving;
import dev.scientist.ExperimentSettings.Halving.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects the primary of one experiment. It halves the share of sampled calls when they find no permit or are over a
 * cap, when the primary is shown to be slower in them than in other calls, and when callers wait for connections while
 * candidates hold some. It never raises the share.
 *
 * <p>The controls are skipped calls whose primary is timed for comparison with the sampled calls. They are the calls
 * whose random number lies in the interval next to that of the sampled calls, which has the same length. So they are a
 * uniform sample too, and seldom the calls right after a sampled one, which its shadow also slows down. Each started
 * sampled call admits one control. So hardly any are timed while no candidate is started, for example at night or while
 * a circuit breaker is open, when latencies differ.
 *
 * <p>Threads: any. Invariant: after a halving no other one follows before {@code quietUntil}, and {@code era} holds
 * only calls of one share. Consequence: a burst of refusals halves the share once.
 */
final class AdaptiveSampling {

    /** The owner of the settings that are adapted. */
    interface Owner {

        ExperimentSettings settings();

        /** Replaces the settings; false if another thread has replaced them before. */
        boolean replace(ExperimentSettings before, ExperimentSettings after);
    }

    /** The share at a sample rate of 1. It is less than 1, so that there are controls for comparison. */
    static final double MOST_SHARE = 63.0 / 64; // chosen; of a thousand calls 16 are enough for a median

    /**
     * The shortest time between two halvings. Chosen: ten times the default candidate timeout, and one bucket of
     * evidence. Candidates in flight at a halving were sampled with the old share, so their effects say nothing about
     * the new one.
     */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_ADMITTED = 16; // chosen: more than sampled calls usually follow each other

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);

    private final String experiment;
    private final Engine engine;
    private final LongSupplier ticker;
    private final Tally tally;
    private final Owner owner;
    private final @Nullable LatencyComparison comparison;
    private final AtomicLong quietUntil;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicBoolean isLookDue = new AtomicBoolean();
    private volatile @Nullable Era era;

    /** The latencies recorded while the share had one value. */
    private record Era(double share, LatencyComparison comparison) {}

    /**
     * Creates the protection of one experiment.
     *
     * @param comparison creates the comparisons; null if the primary's latency is not compared
     */
    AdaptiveSampling(
            String experiment, Engine engine, Tally tally, Owner owner, @Nullable LatencyComparison comparison) {
        this.experiment = experiment;
        this.engine = engine;
        this.ticker = engine.ticker();
        this.tally = tally;
        this.owner = owner;
        this.comparison = comparison;
        this.quietUntil = new AtomicLong(ticker.getAsLong());
    }

    /** Returns the adaptation of a new experiment. */
    Adaptation adaptation() {
        return comparison == null ? Adaptation.upTo(1) : Adaptation.upTo(MOST_SHARE);
    }

    // ---- on callers' threads ----

    /** Called when a sampled call found no permit. */
    void noPermit() {
        halve(Cause.PERMITS, "a sampled call found no permit");
    }

    /** Called when a sampled call was over the limit per second. */
    void capped() {
        halve(Cause.CAP, "more calls were sampled in a second than maxPerSecond allows");
    }

    /** Called when a caller has waited for a connection while a candidate held one. */
    void callerWaited(long nanos) {
        halve(
                Cause.POOL,
                "a caller waited " + TimeUnit.NANOSECONDS.toMillis(nanos)
                        + " ms for a connection of a pool of which its candidates held some");
    }

    /** Called when a trial is started. */
    void started() {
        if (comparison == null) {
            return;
        }
        int count = admitted.get();
        if (count < MOST_ADMITTED) {
            admitted.compareAndSet(count, count + 1); // if another call wins, one control less is admitted
        }
        if (!isLookDue.get() && isLookDue.compareAndSet(false, true)) {
            try {
                engine.dispatcher().watchNoThread(LOOK_NANOS, this::lookSoon);
            } catch (Throwable noMemory) {
                isLookDue.set(false); // so that the next call tries again
            }
        }
    }

    /** Whether a call with these random bits may be a control. */
    boolean mayBeControl(ExperimentSettings now, long random) {
        double at = SamplePosition.ofBits(random);
        return comparison != null
                && at >= now.share()
                && at < 2 * now.share()
                && admitted.get() > 0
                && !Shadow.isInTheWay(); // a call made by a shadow is not a control
    }

    /**
     * Whether a call with these random bits is a control. If so, this uses up one admitted control, so it must be
     * called once per call.
     */
    boolean isControl(ExperimentSettings now, long random) {
        if (!mayBeControl(now, random)) {
            return false;
        }
        int count = admitted.get();
        return count > 0 && admitted.compareAndSet(count, count - 1); // if another call wins, this one is no control
    }

    /** Called when the primary of a sampled call or of a control has ended. */
    void took(boolean isSampled, ExperimentSettings then, long nanos) {
        Era now = era;
        if (now != null && now.share == then.share()) {
            now.comparison.record(isSampled, Math.max(0, nanos));
        }
    }

    /** Records an asynchronous control, whose primary ends when its future completes. */
    @SuppressWarnings("FutureReturnValueIgnored") // the dependent future is not needed
    void follow(@Nullable CompletionStage<?> future, ExperimentSettings then, long startedAt) {
        if (future == null || (future instanceof CompletableFuture<?> completable && completable.isDone())) {
            took(false, then, ticker.getAsLong() - startedAt);
            return;
        }
        future.whenComplete((value, error) -> {
            if (!(error instanceof CancellationException)) { // how long a cancelled call would have taken is unknown
                took(false, then, ticker.getAsLong() - startedAt);
            }
        });
    }

    /** Observes the primary of a control, from now on, if other code runs that primary. */
    <T> ObservedPrimary<T> observe(ExperimentSettings then) {
        return new Control<>(this, then, ticker.getAsLong(), new AtomicBoolean());
    }

    /** Records the latency of a control once, if it is known. */
    private record Control<T>(AdaptiveSampling told, ExperimentSettings then, long startedAt, AtomicBoolean hasEnded)
            implements ObservedPrimary<T> {

        @Override
        public void returned(@Nullable T value) {
            if (hasEnded.compareAndSet(false, true)) {
                try {
                    told.took(false, then, told.ticker.getAsLong() - startedAt);
                } catch (Throwable thrown) {
                    // The LatencyComparison failed, or memory or stack ran out, so this call's time is not recorded.
                }
            }
        }

        @Override
        public void threw(@Nullable Throwable error) {
            if (error == null) {
                cancelled();
            } else {
                returned(null); // the latency counts even if the primary fails
            }
        }

        @Override
        public void cancelled() {
            hasEnded.set(true); // its latency is unknown
        }

        @Override
        public void tooLong(@Nullable OverBudgetException limit) {
            hasEnded.set(true); // its end is not reported
        }
    }

    // ---- elsewhere ----

    /** Called when somebody has changed the settings. */
    void changed(ExperimentSettings before, ExperimentSettings after) {
        if (before.share() != after.share()) {
            quietUntil.set(ticker.getAsLong());
            begin(after);
        }
        if (before.lastHalving().isPresent() && after.lastHalving().isEmpty()) {
            log.info(
                    "experiment {}: share of sampled calls {} -> {}, set anew",
                    experiment,
                    before.share(),
                    after.share());
        }
    }

    /** Begins a comparison of calls under these settings. */
    void begin(ExperimentSettings now) {
        LatencyComparison known = comparison;
        if (known != null) {
            era = new Era(now.share(), known.begin());
        }
    }

    /** Compares the recorded latencies. Runs on a worker. */
    void look() {
        isLookDue.set(false);
        Era now = era;
        if (now == null || now.share != owner.settings().share()) {
            begin(owner.settings()); // two changes of the settings overlapped
            return;
        }
        String slower = now.comparison.slower();
        if (slower != null) {
            halve(Cause.LATENCY, slower);
        }
    }

    private void lookSoon(boolean isCancelled) {
        if (!isCancelled) {
            engine.dispatcher().execute(new Later(this::look));
        }
    }

    private void halve(Cause cause, String sentence) {
        try {
            long now = ticker.getAsLong();
            long until = quietUntil.get();
            ExperimentSettings before = owner.settings();
            if (now - until < 0 || !before.adaptation().canBeHalved(before.sampleRate())) {
                return;
            }
            Duration timeout = before.candidateTimeout();
            if (quietUntil.compareAndSet(
                    until, now + Math.max(QUIET_NANOS, timeout.toNanos()))) { // loses to another halving
                halve(cause, engine.instants().instant(), sentence);
            }
        } catch (Throwable thrown) {
            // Out of memory or stack. The next refused call tries again.
        }
    }

    private void halve(Cause cause, Instant at, String sentence) {
        while (true) {
            ExperimentSettings before = owner.settings();
            Adaptation adaptation = before.adaptation();
            if (!adaptation.canBeHalved(before.sampleRate())) {
                return;
            }
            ExperimentSettings after = before.adaptation(adaptation.halved(before.sampleRate(), cause, at, sentence));
            if (owner.replace(before, after)) { // loses to another change of the settings, and tries again
                tally.halved(cause);
                begin(after);
                after.lastHalving()
                        .ifPresent(halving -> engine.dispatcher().offerWithoutContext(new Later(() -> tell(halving))));
                return;
            }
        }
    }

    private void tell(Halving halving) {
        log.warn(
                "experiment {}: share of sampled calls {} -> {}, because {}; setting its sample rate raises it again",
                experiment,
                halving.from(),
                halving.to(),
                halving.sentence());
    }

    /** Work left to a worker; it is dropped on close. */
    private record Later(Runnable task) implements Dispatcher.Work {

        @Override
        public void run() {
            try {
                task.run();
            } catch (Throwable thrown) {
                // The logger failed, or memory ran out. The next comparison comes in any case.
            }
        }

        @Override
        public void discard() {}
    }
}
