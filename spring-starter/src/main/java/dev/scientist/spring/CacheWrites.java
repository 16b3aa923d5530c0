package dev.scientist.spring;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the writes of candidates that were kept from the application's caches, by the name of the cache.
 *
 * <p>Threads: any. Invariant: a name that has been counted stays. Consequence: the number of names is bounded, with one
 * further name for the rest; it may be exceeded by a few where several threads add the last ones at once.
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

    /** The counts by cache, sorted by name; a copy. */
    Map<String, Long> byCache() {
        Map<String, Long> counts = new TreeMap<>();
        byCache.forEach((cache, count) -> counts.put(cache, count.sum()));
        return counts;
    }
}
