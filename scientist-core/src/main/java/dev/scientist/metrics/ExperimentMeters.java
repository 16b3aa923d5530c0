package dev.scientist.metrics;

import dev.scientist.Difference;
import dev.scientist.Outcome;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of one experiment, built once.
 *
 * <p>Threads: any. Invariant: a timer in the array is never replaced by another one. Consequence: after the first
 * trial of each outcome the registry is not asked again.
 */
@SuppressWarnings("EnumOrdinal") // an array indexed by enums of this build
final class ExperimentMeters {

    private enum Side {
        PRIMARY("primary"),
        CANDIDATE("candidate");

        private final String tag;

        Side(String tag) {
            this.tag = tag;
        }
    }

    private static final int KINDS = Outcome.Kind.values().length;

    private final MeterRegistry registry;
    private final String experiment;
    private final Tally tally;
    // Filled when an outcome first occurs: a histogram is large, and most experiments never see most outcomes.
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(Side.values().length * KINDS);

    ExperimentMeters(MeterRegistry registry, String experiment, Tally tally) {
        this.registry = registry;
        this.experiment = experiment;
        this.tally = tally;
        tally.candidates().forEach(this::registerVerdicts);
        for (Tally.Hook hook : Tally.Hook.values()) {
            counter(ScientistMeter.HOOK_FAILURES, t -> t.hookFailures(hook), "hook", hook.tag());
        }
        for (String rule : tally.ignoreRules()) {
            counter(ScientistMeter.IGNORED, t -> t.ignored(rule), "rule", rule);
        }
        for (Difference.Kind kind : Difference.Kind.values()) {
            for (Difference.Severity severity : Difference.Severity.values()) {
                counter(
                        ScientistMeter.DIFFERENCES,
                        t -> t.differences(kind, severity),
                        "kind",
                        kind.tag(),
                        "severity",
                        severity.tag());
            }
        }
        timer(ScientistMeter.OVERHEAD, Tally::measuredCalls, Tally::overheadNanos);
        timer(ScientistMeter.COMPARISON, Tally::comparisons, Tally::comparisonNanos);
        Gauge.builder(ScientistMeter.IN_FLIGHT.meterName(), tally, Tally::inFlight)
                .tags(tags())
                .baseUnit(ScientistMeter.IN_FLIGHT.unit())
                .description(ScientistMeter.IN_FLIGHT.description())
                .register(registry);
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
            timer = durations(side, outcome.kind()); // two threads may ask at once; the registry gives both the same
            timers.set(index, timer);
        }
        timer.record(outcome.elapsed());
    }

    private Timer durations(Side side, Outcome.Kind outcome) {
        return Timer.builder(ScientistMeter.DURATION.meterName())
                .tags(tags("side", side.tag, "outcome", outcome.tag()))
                .description(ScientistMeter.DURATION.description())
                .publishPercentileHistogram()
                .register(registry);
    }

    private void registerVerdicts(String candidate) {
        for (Verdict verdict : Verdict.values()) {
            for (Verdict.Reason reason : Verdict.Reason.values()) {
                if (reason.explains(verdict)) {
                    counter(
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

    private void counter(ScientistMeter meter, ToDoubleFunction<Tally> count, String... tags) {
        FunctionCounter.builder(meter.meterName(), tally, count)
                .tags(tags(tags))
                .description(meter.description())
                .register(registry);
    }

    private void timer(ScientistMeter meter, ToLongFunction<Tally> count, ToDoubleFunction<Tally> nanos) {
        FunctionTimer.builder(meter.meterName(), tally, count, nanos, TimeUnit.NANOSECONDS)
                .tags(tags())
                .description(meter.description())
                .register(registry);
    }

    private Tags tags(String... further) {
        return Tags.of("experiment", experiment).and(further);
    }
}
