package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Shadow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

@Tag("promise-1")
@DisplayName("Promise 1: a candidate reads the application's caches and changes nothing there")
class GuardedCacheTest {

    private final ConcurrentMapCache own = new ConcurrentMapCache("prices");
    private final CacheWrites writes = new CacheWrites();
    private final CacheOverlays overlays = new CacheOverlays();
    private final GuardedCache guarded = new GuardedCache(own, writes, overlays, null);

    static final List<Consumer<Cache>> CHANGES = List.of(
            cache -> cache.put("known", "candidate's"),
            cache -> cache.put("unknown", "candidate's"),
            cache -> cache.putIfAbsent("unknown", "candidate's"),
            cache -> cache.evict("known"),
            cache -> cache.evictIfPresent("known"),
            Cache::clear,
            Cache::invalidate,
            cache -> cache.get("unknown", () -> "candidate's"),
            cache -> cache.retrieve("unknown", () -> CompletableFuture.completedFuture("candidate's"))
                    .join());

    private <T> T inShadow(Supplier<T> work) {
        Shadow.Scope mark = Shadow.enter("experiment");
        try {
            return work.get();
        } finally {
            mark.close();
        }
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void whateverWouldChangeItIsLeftOutAndCounted(Consumer<Cache> change) {
        own.put("known", "primary's");

        inShadow(() -> {
            change.accept(guarded);
            return null;
        });

        assertThat(own.getNativeCache()).isEqualTo(Map.of("known", "primary's"));
        assertThat(writes.byCache()).isEqualTo(Map.of("prices", 1L));
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void withoutACandidateItIsTheCacheItself(Consumer<Cache> change) {
        ConcurrentMapCache same = new ConcurrentMapCache("prices");
        same.put("known", "primary's");
        own.put("known", "primary's");

        change.accept(same);
        change.accept(guarded);

        assertThat(own.getNativeCache()).isEqualTo(same.getNativeCache());
        assertThat(writes.byCache()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void whatWasFetchedForOneCallIsGuardedOnEveryThread(Consumer<Cache> change) {
        own.put("known", "primary's");
        Shadow run = inShadow(Shadow::current);

        change.accept(new GuardedCache(own, writes, overlays, run));

        assertThat(own.getNativeCache()).isEqualTo(Map.of("known", "primary's"));
        assertThat(writes.byCache()).isEqualTo(Map.of("prices", 1L));
    }

    @Test
    void whatIsThereIsRead() {
        own.put("known", "primary's");
        own.put("nothing", null);
        Supplier<List<Object>> reads = () -> List.of(
                guarded.get("known").get(),
                guarded.get("known", String.class),
                guarded.get("known", () -> "loaded"),
                guarded.putIfAbsent("known", "another").get(),
                ((Cache.ValueWrapper) guarded.retrieve("known").join()).get(),
                guarded.retrieve("known", () -> CompletableFuture.completedFuture("loaded"))
                        .join());

        List<Object> read = inShadow(reads);
        String nothing = inShadow(() -> guarded.get("nothing", () -> "loaded"));

        assertThat(read).hasSize(6).containsOnly("primary's");
        assertThat(nothing).isNull();
        assertThat(guarded.getName()).isEqualTo("prices");
        assertThat(guarded.getNativeCache()).isSameAs(own.getNativeCache());
    }

    static final List<Function<Cache, @Nullable Object>> WRITES_AND_READS = List.of(
            cache -> {
                cache.put("unknown", "own");
                cache.put("known", "own");
                return cache.get("unknown").get() + cache.get("known", String.class);
            },
            cache -> {
                cache.put("known", null);
                return cache.get("known").get() + cache.get("known", () -> "loaded");
            },
            cache -> cache.putIfAbsent("unknown", "own") + " "
                    + cache.putIfAbsent("unknown", "again").get(),
            cache -> {
                cache.evict("known");
                return cache.get("known");
            },
            cache -> {
                cache.evict("known");
                return cache.get("known", () -> "loaded") + cache.get("known", String.class);
            },
            cache -> cache.evictIfPresent("known") + " " + cache.evictIfPresent("known"),
            cache -> {
                cache.put("unknown", "own");
                cache.clear();
                cache.put("later", "own");
                return cache.get("known") + " " + cache.get("unknown") + cache.get("later", String.class);
            },
            cache -> {
                cache.invalidate();
                return cache.get("known") + " " + cache.evictIfPresent("known");
            },
            cache -> cache.get("unknown", () -> "first") + cache.get("unknown", () -> "second"),
            cache -> {
                Supplier<CompletableFuture<String>> loader = () -> CompletableFuture.completedFuture("loaded");
                String loaded = cache.retrieve("unknown", loader).join();
                cache.evict("known");
                return loaded
                        + cache.get("unknown", String.class)
                        + ((Cache.ValueWrapper) cache.retrieve("unknown").join()).get()
                        + cache.retrieve("known")
                        + cache.retrieve("known", loader).join();
            });

    @ParameterizedTest
    @FieldSource("WRITES_AND_READS")
    void aRunReadsBackWhatItWroteAsFromTheCacheItself(Function<Cache, @Nullable Object> use) {
        ConcurrentMapCache same = new ConcurrentMapCache("prices");
        same.put("known", "primary's");
        own.put("known", "primary's");

        Object expected = use.apply(same);
        Object read = inShadow(() -> use.apply(guarded));

        assertThat(read).isEqualTo(expected);
        assertThat(own.getNativeCache()).isEqualTo(Map.of("known", "primary's"));
    }

    @Test
    void anotherRunAndCallersReadNothingOfIt() {
        own.put("known", "primary's");
        ConcurrentMapCache another = new ConcurrentMapCache("stock");
        GuardedCache ofAnotherName = new GuardedCache(another, writes, overlays, null);
        another.put("known", 7);

        Object sameRun = inShadow(() -> {
            guarded.put("unknown", "candidate's");
            guarded.clear();
            return ofAnotherName.get("known").get();
        });
        Object otherRun = inShadow(() -> guarded.get("known").get());
        Object caller = guarded.get("known").get();

        assertThat(sameRun).isEqualTo(7);
        assertThat(otherRun).isEqualTo("primary's");
        assertThat(caller).isEqualTo("primary's");
    }

    @Test
    void aReadOfAnotherTypeFailsAsItDoesWithoutAGuard() {
        assertThatThrownBy(() -> inShadow(() -> {
                    guarded.put("known", "candidate's");
                    return guarded.get("known", Integer.class);
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLoaderThatFailsFailsAsItDoesWithoutAGuard() {
        Callable<String> loader = () -> {
            throw new IOException("loader");
        };

        assertThatThrownBy(() -> inShadow(() -> guarded.get("unknown", loader)))
                .isInstanceOf(Cache.ValueRetrievalException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    @Tag("promise-14")
    void theCountsAreBoundedWhateverCachesAreCalled() {
        for (int i = 0; i < 1_000; i++) {
            writes.leftOut("cache " + i);
        }

        assertThat(writes.byCache()).hasSize(101).containsEntry("others", 900L);
    }
}
