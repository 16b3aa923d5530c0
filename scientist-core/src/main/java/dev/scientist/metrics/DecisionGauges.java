package dev.scientist.metrics;

import dev.scientist.Experiment;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.decision.ExperimentDecisions.Decided;
import dev.scientist.decision.Stratum;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds the gauges of the decision about all experiments of one name on one registry. The gauges are read one by one,
 * but one decision serves all of them.
 *
 * <p>Threads: any. Invariant: at most one reader decides at a time, and none does within a second after the last
 * decision; no gauge is registered after the last experiment has ended, because both are done under the lock.
 * Consequence: reading all gauges costs one decision, a second reader sees the last one, and
 * nothing is left in the registry.
 */
final class DecisionGauges {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_STRATA = Stratum.MOST + 1; // plus one for OTHER

    /** The last decision and when it was made. Before the first one, the answer is HOLD. */
    private record View(Kind kind, Map<String, Rate> rates, long readAt) {}

    /**
     * An experiment and what decides about it. There is one for each application context that
     * shows the experiment here.
     */
    private record Source(Experiment<?> experiment, ExperimentDecisions decisions) {}

    // A registry refers to its gauges, which refer to these objects, which refer to the registry. So both are referred
    // to weakly, or neither would ever be collected.
    private static final Map<MeterRegistry, Map<String, WeakReference<DecisionGauges>>> KNOWN = new WeakHashMap<>();
    private static final ReentrantLock LOCK = new ReentrantLock(); // guards KNOWN, and the registering of gauges

    private final MeterRegistry registry;
    private final String name;
    private final LongSupplier nanoTime;
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final Set<Meter> gauges = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isDeciding = new AtomicBoolean();
    private final Set<String> strata = new HashSet<>(); // guarded by isDeciding
    private volatile View view;

    private DecisionGauges(MeterRegistry registry, String name, LongSupplier nanoTime) {
        this.registry = registry;
        this.name = name;
        this.nanoTime = nanoTime;
        this.view = nothing();
    }

    /** Registers the gauges of an experiment, or adds it to those of the same name. */
    static void show(
            MeterRegistry registry, Experiment<?> experiment, ExperimentDecisions decisions, LongSupplier nanoTime) {
        LOCK.lock();
        try {
            Map<String, WeakReference<DecisionGauges>> known = KNOWN.computeIfAbsent(registry, none -> new HashMap<>());
            DecisionGauges gauges = find(known, experiment.name());
            boolean isFirst = gauges == null;
            if (gauges == null) {
                gauges = new DecisionGauges(registry, experiment.name(), nanoTime);
                known.put(experiment.name(), new WeakReference<>(gauges));
            }
            gauges.sources.add(new Source(experiment, decisions));
            gauges.view = gauges.nothing();
            if (isFirst) {
                gauges.showKinds();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Takes an experiment out of the gauges of its name, and removes them from the registry with the last one. */
    static void hide(MeterRegistry registry, Experiment<?> experiment, ExperimentDecisions decisions) {
        LOCK.lock();
        try {
            Map<String, WeakReference<DecisionGauges>> known = KNOWN.getOrDefault(registry, new HashMap<>());
            DecisionGauges gauges = find(known, experiment.name());
            if (gauges != null && gauges.sources.remove(new Source(experiment, decisions))) {
                gauges.view = gauges.nothing();
                if (gauges.sources.isEmpty()) {
                    known.remove(experiment.name());
                    gauges.gauges.forEach(registry::remove);
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static @Nullable DecisionGauges find(Map<String, WeakReference<DecisionGauges>> known, String name) {
        WeakReference<DecisionGauges> found = known.get(name);
        return found == null ? null : found.get();
    }

    private View nothing() {
        return new View(Kind.HOLD, Map.of(), nanoTime.getAsLong() - FRESH_NANOS);
    }

    private void showKinds() {
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
            List<Decided> decided = sources.stream()
                    .flatMap(source -> source.decisions().of(source.experiment()).stream())
                    .toList();
            SortedMap<String, Rate> rates = ExperimentDecisions.rates(decided);
            last = new View(ExperimentDecisions.weakest(decided).orElse(Kind.HOLD), rates, now);
            view = last; // set before the gauges of new strata are registered, which may be read at once
            rates.keySet().forEach(this::show);
            return last;
        } finally {
            isDeciding.set(false);
        }
    }

    /**
     * Registers the gauges of a stratum once. Their number is bounded here, because several epochs together
     * may have more strata than one.
     */
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
                    // the stratum is not in the current version's evidence
                    return rate == null ? Double.NaN : number.applyAsDouble(rate);
                },
                "stratum",
                stratum);
    }

    private void gauge(ScientistMeter meter, Supplier<Number> value, String key, String tag) {
        LOCK.lock();
        try {
            if (sources.isEmpty()) {
                return; // loses to hide(): the gauge may now be that of the next experiment of the name
            }
            gauges.add(Gauge.builder(meter.meterName(), value)
                    .tags(Tags.of("experiment", name, key, tag))
                    .baseUnit(meter.unit())
                    .description(meter.description())
                    .register(registry));
        } finally {
            LOCK.unlock();
        }
    }

    private static double orNaN(@Nullable Double bound) {
        return bound == null ? Double.NaN : bound;
    }
}
