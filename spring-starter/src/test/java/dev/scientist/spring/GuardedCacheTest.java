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
import java.util.function.Supplier;
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
    private final GuardedCache guarded = new GuardedCache(own, writes, false);

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

        change.accept(new GuardedCache(own, writes, true));

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
