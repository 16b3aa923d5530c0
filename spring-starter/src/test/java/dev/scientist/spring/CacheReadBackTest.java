package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

@Tag("promise-1")
@DisplayName("Promise 1: a candidate is not judged by writes to a cache that were left out")
class CacheReadBackTest {

    /** A candidate that puts, evicts and reads, as a rewrite with a cache does. */
    static class Remembering {

        private final CacheManager caches;

        Remembering(CacheManager caches) {
            this.caches = caches;
        }

        @ParallelRun(method = "newer")
        public String price(int key) {
            return "price of " + key;
        }

        public String newer(int key) {
            caches.getCache("prices").put(key, "price of " + key);
            return caches.getCache("prices").get(key, String.class);
        }

        @ParallelRun(method = "newest")
        public List<String> prices(int most) {
            return IntStream.range(0, most).mapToObj(key -> "price of " + key).toList();
        }

        public List<@Nullable String> newest(int most) {
            Cache cache = caches.getCache("prices");
            IntStream.range(0, most).forEach(key -> cache.put(key, "price of " + key));
            return IntStream.range(0, most)
                    .mapToObj(key -> cache.get(key, String.class))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"IMMEDIATE,map", "AFTER_PRIMARY,caffeine", "SAME_THREAD,transactional", "IMMEDIATE,final"})
    void aCandidateThatReadsBackWhatItHasPutAgrees(String start, String manager) {
        CachesTest.application(start, manager).withBean(Remembering.class).run(context -> {
            context.getBean(Remembering.class).price(1);
            Laboratory.settle(context);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
            assertThat(context.getBean(CacheManager.class).getCache("prices").get(1))
                    .isNull();
        });
    }

    @Test
    @Tag("promise-14")
    void moreThanIsKeptForARunIsNotHeldAgainstIt() {
        CachesTest.application("SAME_THREAD", "map").withBean(Remembering.class).run(context -> {
            context.getBean(Remembering.class).prices(1_000);
            context.getBean(Remembering.class).prices(1_001);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.UNCOMPARED);
        });
    }
}
