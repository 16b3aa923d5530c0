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
 * The meters of this library on one registry. A registry gives whoever registers an id for the second time the first one's
 * meter, with the first one's function, so that the second one's counts would be nowhere. That happens where two Scientists
 * share the registry, and where a filter maps several ids to one. Here each meter shows a {@link Sum} of all that ended up
 * under it, and is removed when nobody is left who holds it.
 *
 * <p>Threads: those that declare and close, and a worker that sees an outcome first. Invariant: a meter that is held is in the
 * registry and shows its sum. Consequence: who comes second joins the sum, whatever the filters do.
 */
final class MeterSums {

    /** How a meter is registered that shows a sum, to which its function refers strongly. */
    @FunctionalInterface
    interface Kind {
        Meter register(MeterRegistry registry, String name, Iterable<Tag> tags, Sum sum);
    }

    /**
     * A meter that is there.
     *
     * @param sum what it shows; nothing, for a timer that is recorded into
     * @param holders who wants it
     * @param again gives the very meter, or registers it again where it was removed
     */
    private record Held(Sum sum, Set<Object> holders, Supplier<? extends Meter> again) {}

    // A registry refers to its meters, and they to what is here, which refers to the registry: so neither is held.
    private static final Map<MeterRegistry, WeakReference<MeterSums>> KNOWN = new WeakHashMap<>(); // guarded by LOCK
    // A registry's filters and listeners are asked under it, as they are under the registry's own lock; never for a
    // call.
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final MeterRegistry registry;
    private final Set<MeterSums> ofParts = identitySet(); // guarded by LOCK; where the registry is a composite
    private final IdentityHashMap<Meter, Held> meters =
            new IdentityHashMap<>(); // guarded by LOCK; meters are equal by their ids
    private final Map<String, Meter> byFirstId = new HashMap<>(); // guarded by LOCK; before filters have mapped it

    private MeterSums(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Those of a registry. */
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

    /** Shows a part in the meter of an id, together with what is shown there already. */
    void show(Object holder, String name, Iterable<Tag> tags, Kind kind, Part part) {
        locked(() -> {
            Meter meter = join(holder, name, tags, kind, part, false);
            if (meter != null) {
                Meter.Id id = meter.getId();
                addParts(registry);
                // The filters of one of them may merge what the composite tells apart.
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
            return null; // or the registry is closed
        }
        if (isOfComposite && !meters.containsKey(meter)) {
            // Most likely the composite's, which shows one of its sums, of which several may belong here. A search
            // would tell,
            // and look at all meters for each of them.
            registry.remove(meter);
            meter = kind.register(registry, name, tags, made);
        }
        meters.computeIfAbsent(
                meter, first -> new Held(made, identitySet(), () -> kind.register(registry, name, tags, made)));
        return meter;
    }

    /** A meter that adds up by itself, such as a timer; null if it is no longer wanted. */
    <M extends Meter> @Nullable M hold(Object holder, Supplier<Boolean> isWanted, Function<MeterRegistry, M> register) {
        return locked(() -> {
            if (!isWanted.get()) {
                return null; // loses to whoever has released it
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

    /** Turns into numbers what can change no more. */
    void settle() {
        locked(() -> {
            meters.values().forEach(held -> held.sum.settle());
            ofParts.forEach(MeterSums::settle);
            return this;
        });
    }

    /** Removes the meters that nobody else holds. Looks at all meters, so once for all who let go. */
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

    /** A composite removes the meters of its parts by their first ids, and so also those that somebody else holds. */
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
