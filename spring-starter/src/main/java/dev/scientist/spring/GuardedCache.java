package dev.scientist.spring;

import dev.scientist.Shadow;
import dev.scientist.spring.CacheOverlays.Known;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * A cache as a candidate sees it: the candidate reads what is there, and what it would change is left unchanged and
 * counted. The candidate's own run reads back what it wrote.
 *
 * @param cache the application's own cache
 * @param onlyFor the run for which this object was made, if nobody can keep the object for another call; it is then
 *     guarded on every thread, so that an asynchronous answer that is put later is left out, too. Null if somebody may
 *     keep it; on threads that run no candidate it then behaves as the cache itself
 */
record GuardedCache(
        Cache cache,
        CacheWrites writes,
        CacheOverlays overlays,
        @Nullable Shadow onlyFor) implements Cache {

    @Override
    public String getName() {
        return cache.getName();
    }

    @Override
    public Object getNativeCache() {
        return cache.getNativeCache();
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        Known own = own(run(), key);
        return own == null ? cache.get(key) : own.value();
    }

    @Override
    @SuppressWarnings("unchecked") // the type is checked, unless the caller gave none
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        Known own = own(run(), key);
        if (own == null) {
            return cache.get(key, type);
        }
        ValueWrapper wrapper = own.value();
        Object value = wrapper == null ? null : wrapper.get();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException("the cached value must be a " + type.getName() + " but is a "
                    + value.getClass().getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked") // every cache has to trust that the value under a key has the caller's type
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        Shadow run = run();
        if (run == null) {
            return cache.get(key, loader);
        }
        ValueWrapper known = get(key);
        if (known != null) {
            return (T) known.get();
        }
        leftOut();
        T loaded;
        try {
            loaded = loader.call();
        } catch (Exception failed) {
            throw new ValueRetrievalException(key, loader, failed);
        }
        overlays.put(run, getName(), key, loaded);
        return loaded;
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        // comes first, because not every cache supports it and the candidate must see that
        CompletableFuture<?> there = cache.retrieve(key);
        Known own = own(run(), key);
        if (own == null) {
            return there;
        }
        ValueWrapper value = own.value();
        if (value == null) {
            return null;
        }
        boolean isBare = cache instanceof AbstractValueAdaptingCache adapting && !adapting.isAllowNullValues();
        return CompletableFuture.completedFuture(isBare ? value.get() : value);
    }

    @Override
    @SuppressWarnings("unchecked") // every cache has to trust that the value under a key has the caller's type
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        Shadow run = run();
        if (run == null) {
            return cache.retrieve(key, loader);
        }
        CompletableFuture<?> known = retrieve(key);
        if (known == null) {
            return load(run, key, loader);
        }
        return known.thenCompose(found -> {
            if (found == null) { // some caches only know then that there is no value
                return load(run, key, loader);
            }
            return CompletableFuture.completedFuture(
                    (T) (found instanceof ValueWrapper wrapper ? wrapper.get() : found));
        });
    }

    private <T> CompletableFuture<T> load(Shadow run, Object key, Supplier<CompletableFuture<T>> loader) {
        leftOut();
        return loader.get().thenApply(loaded -> {
            overlays.put(run, getName(), key, loaded);
            return loaded;
        });
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        Shadow run = run();
        if (run == null) {
            cache.put(key, value);
        } else {
            leftOut();
            overlays.put(run, getName(), key, value);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Shadow run = run();
        if (run == null) {
            return cache.putIfAbsent(key, value);
        }
        leftOut();
        ValueWrapper known = get(key);
        if (known == null) {
            overlays.put(run, getName(), key, value);
        }
        return known;
    }

    @Override
    public void evict(Object key) {
        Shadow run = run();
        if (run == null) {
            cache.evict(key);
        } else {
            leftOut();
            overlays.evict(run, getName(), key);
        }
    }

    @Override
    public boolean evictIfPresent(Object key) {
        Shadow run = run();
        if (run == null) {
            return cache.evictIfPresent(key);
        }
        boolean wasThere = get(key) != null;
        evict(key);
        return wasThere;
    }

    @Override
    public void clear() {
        Shadow run = run();
        if (run == null) {
            cache.clear();
        } else {
            leftOut();
            overlays.clear(run, getName());
        }
    }

    @Override
    public boolean invalidate() {
        if (run() == null) {
            return cache.invalidate();
        }
        clear();
        return false; // nobody can tell whether something was there
    }

    /** The run whose changes are left out; null if this object behaves as the cache itself. */
    private @Nullable Shadow run() {
        if (onlyFor != null) {
            return onlyFor;
        }
        return Shadow.isActive() ? Shadow.current() : null;
    }

    private @Nullable Known own(@Nullable Shadow run, Object key) {
        return run == null ? null : overlays.known(run, getName(), key);
    }

    private void leftOut() {
        writes.leftOut(getName());
    }
}
