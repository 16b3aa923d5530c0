package dev.scientist.metrics;

import dev.scientist.metrics.Sum.Part;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of this library on one registry. If an id is registered a second time, a registry returns the first meter
 * with the first function, so that the second one's counts would not be shown anywhere. That happens if two Scientists
 * share the registry, and if a filter maps several ids to one. Here each meter shows a {@link Sum} of everything that
 * was registered under its id, and is removed when it has no holder any more.
 *
 * <p>Threads: any that declares an experiment or closes a Scientist, and a worker that is the first to see an outcome.
 * Invariant: a meter that has a holder is in the registry and shows its sum. Consequence: the second registration of an
 * id joins the sum, whatever the filters do.
 */
final class MeterSums {

    /** Registers a meter that shows a sum. The function of the meter must refer to the sum strongly. */
    @FunctionalInterface
    interface Kind {
        Meter register(MeterRegistry registry, String name, Iterable<Tag> tags, Sum sum);
    }

    /**
     * A meter that is registered.
     *
     * @param sum the sum that the meter shows; empty for a timer that durations are recorded in
     * @param holders the objects that need the meter
     * @param again registers the meter again if it was removed; otherwise returns the same meter
     */
    private record Held(Sum sum, Set<Object> holders, Supplier<? extends Meter> again) {}

    // Keys and values are weak, because a registry refers to its meters, those to this object, and this object to the
    // registry.
    private static final Map<MeterRegistry, WeakReference<MeterSums>> KNOWN = new WeakHashMap<>(); // guarded by LOCK
    // A registry's filters and listeners are called while this lock is held, as they are under the registry's own lock.
    // No call of an experiment takes the lock.
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final MeterRegistry registry;
    // The sums of the registries in this one, if it is a composite; guarded by LOCK.
    private final Set<MeterSums> ofParts = identitySet();
    // Guarded by LOCK. Compared by identity, because meters with equal ids are equal.
    private final IdentityHashMap<Meter, Held> meters = new IdentityHashMap<>();
    // Guarded by LOCK. The first id is that before the filters of the registry have mapped it.
    private final Map<String, Meter> byFirstId = new HashMap<>();

    private MeterSums(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of a registry. */
    static MeterSums of(MeterRegistry registry) {
        return locked(() -> {
            WeakReference<MeterSums> known = KNOWN.get(registry);
            MeterSums sums = known == null ? null : known.get();
            if (sums == null) {
                sums = new MeterSums(registry);
                KNOWN.put(registry, new WeakReference<>(sums));
            }
            return sums;
        });
    }

    /** Adds a part to the sum that the meter of an id shows. */
    void show(Object holder, String name, Iterable<Tag> tags, Kind kind, Part part) {
        locked(() -> {
            Meter meter = join(holder, name, tags, kind, part, false);
            if (meter != null) {
                Meter.Id id = meter.getId();
                addParts(registry);
                // The filters of a part may merge meters that are separate in the composite.
                ofParts.forEach(each -> each.join(holder, id.getName(), id.getTags(), kind, part, true));
            }
            return holder;
        });
    }

    private @Nullable Meter join(
            Object holder, String name, Iterable<Tag> tags, Kind kind, Part part, boolean isOfComposite) {
        String firstId = name + Tags.of(tags);
        Meter meter = byFirstId.get(firstId);
        if (meter == null || !meters.containsKey(meter)) {
            meter = register(name, tags, kind, isOfComposite);
            if (meter == null) {
                return null;
            }
            byFirstId.put(firstId, meter);
        }
        Held held = Objects.requireNonNull(meters.get(meter));
        held.sum.add(part);
        held.holders.add(holder);
        return meter;
    }

    /** The meter that the registry has for an id, whoever registered it; null if a filter denies it. */
    private @Nullable Meter register(String name, Iterable<Tag> tags, Kind kind, boolean isOfComposite) {
        Sum made = new Sum(this);
        Meter meter = kind.register(registry, name, tags, made);
        if (meter instanceof NoopMeter) {
            return null; // a filter denies it, or the registry is closed
        }
        if (isOfComposite && !meters.containsKey(meter)) {
            // The composite has most likely registered this meter. It shows only one sum of the composite, but several
            // may belong under this id, so it is replaced. A search would make sure, but would look at all meters each
            // time.
            registry.remove(meter);
            meter = kind.register(registry, name, tags, made);
        }
        meters.computeIfAbsent(
                meter, first -> new Held(made, identitySet(), () -> kind.register(registry, name, tags, made)));
        return meter;
    }

    /** Registers and holds a meter that adds up by itself, such as a timer; null if it is no longer wanted. */
    <M extends Meter> @Nullable M hold(Object holder, Supplier<Boolean> isWanted, Function<MeterRegistry, M> register) {
        return locked(() -> {
            if (!isWanted.get()) {
                return null; // loses to the thread that released the meters
            }
            M meter = register.apply(registry);
            if (!(meter instanceof NoopMeter)) {
                meters.computeIfAbsent(
                                meter, first -> new Held(new Sum(this), identitySet(), () -> register.apply(registry)))
                        .holders
                        .add(holder);
            }
            return meter;
        });
    }

    /** Replaces the parts that cannot change any more by their numbers, in every sum. */
    void settle() {
        locked(() -> {
            meters.values().forEach(held -> held.sum.settle());
            ofParts.forEach(MeterSums::settle);
            return this;
        });
    }

    /**
     * Releases holders, and removes the meters that then have none. Looks at all meters, so it is called once for all
     * holders that end together.
     */
    void release(Collection<?> released) {
        locked(() -> {
            Set<Object> holders = identitySet();
            holders.addAll(released);
            Set<Meter> unwanted = identitySet();
            meters.forEach((meter, held) -> {
                if (held.holders.removeIf(holders::contains) && held.holders.isEmpty()) {
                    unwanted.add(meter);
                }
            });
            meters.keySet().removeAll(unwanted);
            byFirstId.values().removeIf(unwanted::contains);
            unwanted.forEach(registry::remove);
            ofParts.forEach(each -> {
                each.release(released);
                each.restore();
            });
            return this;
        });
    }

    /**
     * Registers meters again that still have a holder: a composite removes the meters of its parts by their first ids,
     * and so also removes meters that other holders need.
     */
    private void restore() {
        Set<Meter> there = identitySet();
        there.addAll(registry.getMeters());
        Map.copyOf(byFirstId).values().forEach(meter -> {
            Held removed = there.contains(meter) ? null : meters.remove(meter);
            if (removed != null) {
                meters.put(removed.again.get(), removed);
            }
        });
    }

    private void addParts(MeterRegistry composite) {
        if (composite instanceof CompositeMeterRegistry parent) {
            for (MeterRegistry each : parent.getRegistries()) {
                if (each instanceof CompositeMeterRegistry) {
                    addParts(each);
                } else {
                    ofParts.add(of(each));
                }
            }
        }
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static <T extends @Nullable Object> T locked(Supplier<T> work) {
        LOCK.lock();
        try {
            return work.get();
        } finally {
            LOCK.unlock();
        }
    }
}
