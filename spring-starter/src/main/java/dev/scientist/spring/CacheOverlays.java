package dev.scientist.spring;

import dev.scientist.Shadow;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * Keeps, for the caches of one manager, what each run of a candidate would have written, so that the run reads back its
 * own writes. Nobody else sees them, and they are dropped together with the run's mark.
 *
 * <p>Threads: any; a run may use several. Invariant: all writes of a run are kept, or its call is uncompared.
 * Consequence: no run is judged by a read that should have found one of its writes but did not.
 */
final class CacheOverlays {

    private static final int MOST_KEYS = 1_000; // chosen: more than one call should put

    private final ReentrantLock lock = new ReentrantLock();
    // The references are soft: a value that a run has put may refer to the run's mark, which
    // would then never be collected.
    private final Map<Shadow, SoftReference<Overlay>> byRun = new WeakHashMap<>();

    /**
     * The result of a run's own last write to a key.
     *
     * @param value null if the run evicted the key
     */
    record Known(@Nullable ValueWrapper value) {}

    private record Place(String cache, Object key) {}

    /** The writes of one run. */
    private static final class Overlay {
        private final Map<Place, Known> known = new ConcurrentHashMap<>();
        private final Set<String> cleared = ConcurrentHashMap.newKeySet();
    }

    /** The run's own last write to a key; null if it wrote nothing there, so that the cache itself has to be read. */
    @Nullable
    Known known(Shadow run, String cache, Object key) {
        Overlay overlay = find(run, false);
        if (overlay == null) {
            return null;
        }
        Known known = overlay.known.get(new Place(cache, key));
        return known == null && overlay.cleared.contains(cache) ? new Known(null) : known;
    }

    void put(Shadow run, String cache, Object key, @Nullable Object value) {
        write(run, new Place(cache, key), new Known(new SimpleValueWrapper(value)));
    }

    void evict(Shadow run, String cache, Object key) {
        write(run, new Place(cache, key), new Known(null));
    }

    void clear(Shadow run, String cache) {
        Overlay overlay = find(run, true);
        if (overlay != null && isRoom(run, overlay)) {
            overlay.cleared.add(cache);
            overlay.known.keySet().removeIf(place -> place.cache.equals(cache));
        }
    }

    private void write(Shadow run, Place place, Known known) {
        Overlay overlay = find(run, true);
        if (overlay != null && (overlay.known.containsKey(place) || isRoom(run, overlay))) {
            overlay.known.put(place, known);
        }
    }

    private static boolean isRoom(Shadow run, Overlay overlay) {
        boolean isRoom = overlay.known.size() + overlay.cleared.size() < MOST_KEYS;
        if (!isRoom) {
            refuse(run);
        }
        return isRoom;
    }

    private @Nullable Overlay find(Shadow run, boolean isMade) {
        lock.lock();
        try {
            SoftReference<Overlay> kept = byRun.get(run);
            Overlay overlay = kept == null ? null : kept.get();
            if (kept != null && overlay == null) { // the garbage collector cleared it
                refuse(run);
            } else if (kept == null && isMade) {
                overlay = new Overlay();
                byRun.put(run, new SoftReference<>(overlay));
            }
            return overlay;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the call uncompared: a run that cannot read its own writes must not be judged. */
    private static void refuse(Shadow run) {
        Shadow.Scope mark = run.enter();
        try {
            Shadow.effectRefused();
        } finally {
            mark.close();
        }
    }
}
