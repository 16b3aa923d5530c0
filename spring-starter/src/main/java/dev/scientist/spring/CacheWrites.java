package dev.scientist.spring;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what candidates would have changed in the application's caches, by the name of the cache.
 *
 * <p>Threads: any. Invariant: a name that is there stays. Consequence: bounded, with one further name for the rest; a few
 * more where several threads bring the last ones at once.
 */
final class CacheWrites {

    private static final int MOST_NAMES = 100; // chosen: more than a person reads
    private static final String OTHERS = "others";

    private final Map<String, LongAdder> byCache = new ConcurrentHashMap<>();

    void leftOut(String cache) {
        LongAdder count = byCache.get(cache);
        if (count == null) {
            String name = byCache.size() < MOST_NAMES ? cache : OTHERS;
            count = byCache.computeIfAbsent(name, first -> new LongAdder());
        }
        count.increment();
    }

    /** By name, in order; a copy. */
    Map<String, Long> byCache() {
        Map<String, Long> counts = new TreeMap<>();
        byCache.forEach((cache, count) -> counts.put(cache, count.sum()));
        return counts;
    }
}
