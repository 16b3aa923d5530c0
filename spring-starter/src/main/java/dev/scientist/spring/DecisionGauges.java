package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.cutover.Decision.Kind;
import dev.scientist.cutover.Decision.Rate;
import dev.scientist.cutover.Evidence;
import dev.scientist.metrics.ScientistMeter;
import dev.scientist.spring.ExperimentDecisions.Decided;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of the decision about one experiment. They are read one by one, and decided for all at once.
 *
 * <p>Threads: any. Invariant: at most one reader decides at a time, and none where that was done less than a second ago.
 * Consequence: reading all gauges costs one decision, and a second reader sees the last one.
 */
final class DecisionGauges {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_STRATA = Evidence.MOST_STRATA + 1; // and OTHER

    /** What was seen at a time. Before anything was, the answer is HOLD. */
    private record View(Kind kind, Map<String, Rate> rates, long readAt) {}

    private final MeterRegistry registry;
    private final Experiment<?> experiment;
    private final ExperimentDecisions decisions;
    private final LongSupplier nanoTime;
    private final AtomicBoolean isDeciding = new AtomicBoolean();
    private final Set<String> strata = new HashSet<>(); // guarded by isDeciding
    private volatile View view;

    DecisionGauges(
            MeterRegistry registry, Experiment<?> experiment, ExperimentDecisions decisions, LongSupplier nanoTime) {
        this.registry = registry;
        this.experiment = experiment;
        this.decisions = decisions;
        this.nanoTime = nanoTime;
        this.view = new View(Kind.HOLD, Map.of(), nanoTime.getAsLong() - FRESH_NANOS);
        for (Kind kind : Kind.values()) {
            gauge(ScientistMeter.DECISION, () -> look().kind() == kind ? 1 : 0, "decision", kind.tag());
        }
    }

    private View look() {
        View last = view;
        long now = nanoTime.getAsLong();
        if (now - last.readAt() < FRESH_NANOS || !isDeciding.compareAndSet(false, true)) { // loses to another reader
            return last;
        }
        try {
            List<Decided> decided = decisions.of(experiment);
            SortedMap<String, Rate> rates = ExperimentDecisions.rates(decided);
            last = new View(ExperimentDecisions.weakest(decided).orElse(Kind.HOLD), rates, now);
            view = last; // before the gauges of new strata, which may be read at once
            rates.keySet().forEach(this::show);
            return last;
        } finally {
            isDeciding.set(false);
        }
    }

    /** Over several epochs there may be more strata than in one. */
    private void show(String stratum) {
        if (strata.size() == MOST_STRATA || !strata.add(stratum)) {
            return;
        }
        rate(ScientistMeter.RATE_UPPER, stratum, rate -> orNaN(rate.upper()));
        rate(ScientistMeter.RATE_LOWER, stratum, rate -> orNaN(rate.lower()));
        rate(ScientistMeter.RATE_THRESHOLD, stratum, Rate::threshold);
        rate(ScientistMeter.EVIDENCE_MISSING, stratum, Rate::missing);
    }

    private void rate(ScientistMeter meter, String stratum, ToDoubleFunction<Rate> number) {
        gauge(
                meter,
                () -> {
                    Rate rate = look().rates().get(stratum);
                    return rate == null ? Double.NaN : number.applyAsDouble(rate); // none since another version came
                },
                "stratum",
                stratum);
    }

    private void gauge(ScientistMeter meter, Supplier<Number> value, String key, String tag) {
        Gauge.builder(meter.meterName(), value)
                .tags(Tags.of("experiment", experiment.name(), key, tag))
                .baseUnit(meter.unit())
                .description(meter.description())
                .register(registry);
    }

    private static double orNaN(@Nullable Double bound) {
        return bound == null ? Double.NaN : bound;
    }
}
