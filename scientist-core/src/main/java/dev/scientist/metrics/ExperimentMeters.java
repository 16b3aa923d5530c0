package dev.scientist.metrics;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentSettings.Halving.Cause;
import dev.scientist.Outcome;
import dev.scientist.Side;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all experiments of one name.
 *
 * <p>Threads: any. Invariant: a timer in the array is never replaced by another one. Consequence: the registry is asked
 * only at the first trial of each outcome.
 */
@SuppressWarnings("EnumOrdinal") // the array lives in memory only, and its enums are compiled with it
final class ExperimentMeters {

    private static final int RELEASED = -1;
    private static final int KINDS = Outcome.Kind.values().length;

    private final MeterSums sums;
    private final String name;
    // A timer is made when its outcome first occurs: a histogram is large, and most experiments never see most
    // outcomes.
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(Side.values().length * KINDS);
    // The number of experiments of this name that have not ended; RELEASED once the meters are released.
    private final AtomicInteger living = new AtomicInteger();

    ExperimentMeters(MeterSums sums, String name) {
        this.sums = sums;
        this.name = name;
    }

    /** Adds the counts of an experiment; returns false and adds nothing if these meters are released. */
    boolean add(Experiment<?> experiment) {
        if (living.updateAndGet(now -> now == RELEASED ? RELEASED : now + 1) == RELEASED) {
            return false;
        }
        Tally tally = experiment.tally();
        Counts counts = new Counts(new WeakReference<>(experiment), tally);
        tally.candidates().forEach(candidate -> addVerdicts(counts, candidate));
        for (Tally.Hook hook : Tally.Hook.values()) {
            counts.counter(ScientistMeter.HOOK_FAILURES, t -> t.hookFailures(hook), "hook", hook.tag());
        }
        for (Cause cause : Cause.values()) {
            counts.counter(ScientistMeter.SAMPLING_HALVINGS, t -> t.halvings(cause), "reason", cause.tag());
        }
        for (String rule : tally.ignoreRules()) {
            counts.counter(ScientistMeter.IGNORED, t -> t.ignored(rule), "rule", rule);
        }
        for (Difference.Kind kind : Difference.Kind.values()) {
            for (Difference.Severity severity : Difference.Severity.values()) {
                counts.counter(
                        ScientistMeter.DIFFERENCES,
                        t -> t.differences(kind, severity),
                        "kind",
                        kind.tag(),
                        "severity",
                        severity.tag());
            }
        }
        counts.timer(ScientistMeter.OVERHEAD, Tally::measuredCalls, Tally::overheadNanos);
        counts.timer(ScientistMeter.COMPARISON, Tally::comparisons, Tally::comparisonNanos);
        counts.gauge(ScientistMeter.IN_FLIGHT, Tally::inFlight);
        return true;
    }

    /** Called when an experiment that was added has ended. The meters stay, for the next experiment of the name. */
    void end() {
        living.decrementAndGet();
    }

    /**
     * Ends the use of these meters if all their experiments have ended.
     *
     * @return whether that is so; the caller then has to release the meters
     */
    boolean endIfUnused() {
        return living.compareAndSet(0, RELEASED); // loses to an experiment that is being declared
    }

    void record(Trial<?> trial) {
        record(Side.PRIMARY, trial.primary());
        for (Trial.Candidate<?> candidate : trial.candidates()) {
            record(Side.CANDIDATE, candidate.outcome());
        }
    }

    private void record(Side side, Outcome<?> outcome) {
        int index = side.ordinal() * KINDS + outcome.kind().ordinal();
        Timer timer = timers.get(index);
        if (timer == null) {
            timer = durations(
                    side, outcome.kind()); // two threads may do this at once; the registry gives both the same timer
            if (timer == null) {
                return;
            }
            timers.set(index, timer);
        }
        timer.record(outcome.elapsed());
    }

    private @Nullable Timer durations(Side side, Outcome.Kind outcome) {
        return sums.hold(
                this,
                () -> living.get() != RELEASED,
                registry -> Timer.builder(ScientistMeter.DURATION.meterName())
                        .tags(tags("side", side.tag(), "outcome", outcome.tag()))
                        .description(ScientistMeter.DURATION.description())
                        .publishPercentileHistogram()
                        .register(registry));
    }

    private static void addVerdicts(Counts counts, String candidate) {
        for (Verdict verdict : Verdict.values()) {
            for (Verdict.Reason reason : Verdict.Reason.values()) {
                if (reason.explains(verdict)) {
                    counts.counter(
                            ScientistMeter.TRIALS,
                            t -> t.count(candidate, verdict, reason),
                            "candidate",
                            candidate,
                            "verdict",
                            verdict.tag(),
                            "reason",
                            reason.tag());
                }
            }
        }
    }

    private Tags tags(String... further) {
        return Tags.of("experiment", name).and(further);
    }

    /** Adds the counts of one experiment to the meters. */
    private final class Counts {

        private final WeakReference<Experiment<?>> experiment;
        private final Tally tally;

        Counts(WeakReference<Experiment<?>> experiment, Tally tally) {
            this.experiment = experiment;
            this.tally = tally;
        }

        void counter(ScientistMeter meter, ToLongFunction<Tally> count, String... further) {
            show(
                    meter,
                    (registry, name, tags, sum) -> FunctionCounter.builder(name, sum, shown -> sum.count())
                            .tags(tags)
                            .description(meter.description())
                            .register(registry),
                    count,
                    none -> 0,
                    further);
        }

        void timer(ScientistMeter meter, ToLongFunction<Tally> count, ToDoubleFunction<Tally> nanos) {
            show(
                    meter,
                    (registry, name, tags, sum) -> FunctionTimer.builder(
                                    name, sum, shown -> sum.count(), shown -> sum.total(), TimeUnit.NANOSECONDS)
                            .tags(tags)
                            .description(meter.description())
                            .register(registry),
                    count,
                    nanos);
        }

        void gauge(ScientistMeter meter, ToLongFunction<Tally> value) {
            show(
                    meter,
                    (registry, name, tags, sum) -> Gauge.builder(name, sum, shown -> sum.count())
                            .tags(tags)
                            .baseUnit(meter.unit())
                            .description(meter.description())
                            .register(registry),
                    value,
                    none -> 0);
        }

        private void show(
                ScientistMeter meter,
                MeterSums.Kind kind,
                ToLongFunction<Tally> count,
                ToDoubleFunction<Tally> total,
                String... further) {
            Tags tags = tags(further);
            Sum.Part part = new Sum.Part(meter.meterName() + tags, experiment, tally, count, total);
            sums.show(ExperimentMeters.this, meter.meterName(), tags, kind, part);
        }
    }
}
