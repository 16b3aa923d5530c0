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
 * What candidates would have changed in the caches of one manager, so that each run reads back what it wrote itself. Nobody
 * else sees it, and it goes with the run's mark.
 *
 * <p>Threads: any; a run may have several. Invariant: a run's writes are all kept, or its call is uncompared. Consequence:
 * no run is judged by a read that should have found one of them.
 */
final class CacheOverlays {

    private static final int MOST_KEYS = 1_000; // chosen: more than one call should put

    private final ReentrantLock lock = new ReentrantLock();
    // Softly: what a run has put may lead to its mark, which would then never go.
    private final Map<Shadow, SoftReference<Overlay>> byRun = new WeakHashMap<>();

    /**
     * What a run knows of a key by itself.
     *
     * @param value null where it was taken away
     */
    record Known(@Nullable ValueWrapper value) {}

    private record Place(String cache, Object key) {}

    /** What one run wrote. */
    private static final class Overlay {
        private final Map<Place, Known> known = new ConcurrentHashMap<>();
        private final Set<String> cleared = ConcurrentHashMap.newKeySet();
    }

    /** Null where the run wrote nothing there, so that the cache knows. */
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
            if (kept != null && overlay == null) { // memory was short
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

    /** Nothing is held against a run that cannot be shown what it wrote. */
    private static void refuse(Shadow run) {
        Shadow.Scope mark = run.enter();
        try {
            Shadow.effectRefused();
        } finally {
            mark.close();
        }
    }
}
