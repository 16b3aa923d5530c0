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
 * Protects the primary of one experiment: halves the share of sampled calls when they find no permit or are over a cap,
 * when the primary is shown slower in them than in others, and when callers wait for connections of which candidates hold
 * some. Never raises it.
 *
 * <p>Which calls are timed to hold the sampled ones against, the controls: those whose random number is next to the
 * sampled ones', as many as those are. So they are a uniform sample too, and seldom the calls right after a sampled one,
 * which its shadow slows as well. Each sampled call that is started admits one; so hardly any are timed while no candidate
 * is started, such as at night or while a breaker is open, when calls take another time.
 *
 * <p>Threads: any. Invariant: after a halving none follows before {@code quietUntil}, and {@code era} holds calls of one
 * share alone. Consequence: a burst of refusals halves once.
 */
final class AdaptiveSampling {

    /** Whose settings they are. */
    interface Owner {

        ExperimentSettings settings();

        /** False if they have been replaced by somebody else. */
        boolean replace(ExperimentSettings before, ExperimentSettings after);
    }

    /** The share where every call would be sampled, so that there are others to hold them against. */
    static final double MOST_SHARE = 63.0 / 64; // chosen; of a thousand calls 16 are enough for a median

    /**
     * Chosen: ten times how long a candidate may run by default, and a bucket of evidence. What is in flight when the share is
     * halved was sampled at the old one, and what it still brings about says nothing of the new one.
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

    /** What was recorded of calls while the share was what it was. */
    private record Era(double share, LatencyComparison comparison) {}

    /**
     * Protects an experiment.
     *
     * @param comparison begins others; null where the primary's time is not compared
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

    /** What it starts from. */
    Adaptation adaptation() {
        return comparison == null ? Adaptation.upTo(1) : Adaptation.upTo(MOST_SHARE);
    }

    // ---- on callers' threads ----

    /** A sampled call found no permit. */
    void noPermit() {
        halve(Cause.PERMITS, "a sampled call found no permit");
    }

    /** A sampled call was one too many in its second. */
    void capped() {
        halve(Cause.CAP, "more calls were sampled in a second than maxPerSecond allows");
    }

    /** A caller has waited for a connection while a candidate held one. */
    void callerWaited(long nanos) {
        halve(
                Cause.POOL,
                "a caller waited " + TimeUnit.NANOSECONDS.toMillis(nanos)
                        + " ms for a connection of a pool of which its candidates held some");
    }

    /** A trial has been started. */
    void started() {
        if (comparison == null) {
            return;
        }
        int count = admitted.get();
        if (count < MOST_ADMITTED) {
            admitted.compareAndSet(count, count + 1); // loses to another call, and then one control less is admitted
        }
        if (!isLookDue.get() && isLookDue.compareAndSet(false, true)) {
            try {
                engine.dispatcher().watchNoThread(LOOK_NANOS, this::lookSoon);
            } catch (Throwable noMemory) {
                isLookDue.set(false); // so that the next call tries again
            }
        }
    }

    /** Whether a call that has these random bits is a control, unless too many have been. */
    boolean mayBeControl(ExperimentSettings now, long random) {
        double at = SamplePosition.ofBits(random);
        return comparison != null
                && at >= now.share()
                && at < 2 * now.share()
                && admitted.get() > 0
                && !Shadow.isInTheWay(); // a call inside a shadow is no caller's
    }

    /** As above, and takes the place of a control; once for each. */
    boolean isControl(ExperimentSettings now, long random) {
        if (!mayBeControl(now, random)) {
            return false;
        }
        int count = admitted.get();
        return count > 0 && admitted.compareAndSet(count, count - 1); // loses to another call, and is none then
    }

    /** The primary of a sampled call, or of a control, has ended. */
    void took(boolean isSampled, ExperimentSettings then, long nanos) {
        Era now = era;
        if (now != null && now.share == then.share()) {
            now.comparison.record(isSampled, Math.max(0, nanos));
        }
    }

    /** The primary of a control ends when its stage does. */
    @SuppressWarnings("FutureReturnValueIgnored") // told, not awaited
    void follow(@Nullable CompletionStage<?> stage, ExperimentSettings then, long startedAt) {
        if (stage == null || (stage instanceof CompletableFuture<?> future && future.isDone())) {
            took(false, then, ticker.getAsLong() - startedAt);
            return;
        }
        stage.whenComplete((value, error) -> {
            if (!(error instanceof CancellationException)) { // nobody knows how long it would have taken
                took(false, then, ticker.getAsLong() - startedAt);
            }
        });
    }

    // ---- elsewhere ----

    /** Somebody has changed the settings. */
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

    /** Compares what was recorded. On a worker. */
    void look() {
        isLookDue.set(false);
        Era now = era;
        if (now == null || now.share != owner.settings().share()) {
            begin(owner.settings()); // a change of the settings met another one
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
                    until, now + Math.max(QUIET_NANOS, timeout.toNanos()))) { // loses to another one
                halve(cause, engine.instants().instant(), sentence);
            }
        } catch (Throwable thrown) {
            // The memory or the stack has run out; whoever is refused next tries again.
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
            if (owner.replace(before, after)) { // loses to somebody who changes the settings, and looks again
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

    /** What is left to a worker; closing leaves it out. */
    private record Later(Runnable task) implements Dispatcher.Work {

        @Override
        public void run() {
            try {
                task.run();
            } catch (Throwable thrown) {
                // A logger that fails, or no memory; the next look comes in any case.
            }
        }

        @Override
        public void discard() {}
    }
}
