package dev.scientist.spring;

import dev.scientist.Shadow;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * A cache as a candidate has it: it reads what is there, and what it would change is left as it is, and counted.
 *
 * @param cache the application's own
 * @param isForOneCall whether nobody can keep it, so that it is guarded on every thread, as when an answer that comes later
 *     is put; otherwise it is the cache itself on threads that run no candidate, for whoever keeps it
 */
record GuardedCache(Cache cache, CacheWrites writes, boolean isForOneCall) implements Cache {

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
        return cache.get(key);
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        return cache.get(key, type);
    }

    @Override
    @SuppressWarnings("unchecked") // what was put under the key, as every cache has to trust
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        if (!isLeftAlone()) {
            return cache.get(key, loader);
        }
        ValueWrapper known = cache.get(key);
        if (known != null) {
            return (T) known.get();
        }
        leftOut();
        try {
            return loader.call();
        } catch (Exception failed) {
            throw new ValueRetrievalException(key, loader, failed);
        }
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return cache.retrieve(key);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        if (!isLeftAlone()) {
            return cache.retrieve(key, loader);
        }
        CompletableFuture<?> known = cache.retrieve(key);
        if (known == null) {
            return load(loader);
        }
        return known.thenCompose(found -> {
            if (found == null) { // some caches know only then
                return load(loader);
            }
            return CompletableFuture.completedFuture(
                    (T) (found instanceof ValueWrapper wrapper ? wrapper.get() : found));
        });
    }

    private <T> CompletableFuture<T> load(Supplier<CompletableFuture<T>> loader) {
        leftOut();
        return loader.get();
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (isLeftAlone()) {
            leftOut();
        } else {
            cache.put(key, value);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        if (isLeftAlone()) {
            leftOut();
            return cache.get(key);
        }
        return cache.putIfAbsent(key, value);
    }

    @Override
    public void evict(Object key) {
        if (isLeftAlone()) {
            leftOut();
        } else {
            cache.evict(key);
        }
    }

    @Override
    public boolean evictIfPresent(Object key) {
        if (isLeftAlone()) {
            leftOut();
            return false;
        }
        return cache.evictIfPresent(key);
    }

    @Override
    public void clear() {
        if (isLeftAlone()) {
            leftOut();
        } else {
            cache.clear();
        }
    }

    @Override
    public boolean invalidate() {
        if (isLeftAlone()) {
            leftOut();
            return false;
        }
        return cache.invalidate();
    }

    private boolean isLeftAlone() {
        return isForOneCall || Shadow.isActive();
    }

    private void leftOut() {
        writes.leftOut(cache.getName());
    }
}
