package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scientist.Shadow;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheManagerProxy;
import org.springframework.context.annotation.Configuration;

@Tag("promise-1")
@DisplayName("Promise 1: what candidates work out never comes to callers through a cache")
class CachesTest {

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    static class Prices {

        @ParallelRun(candidate = "newPrices", name = "prices")
        @Cacheable("prices")
        public String price(int key) {
            return "primary";
        }
    }

    /** A candidate that uses the primary's cache in another bean, which the check at the start does not see. */
    static class NewPrices {

        private final Table table;

        NewPrices(Table table) {
            this.table = table;
        }

        public String price(int key) {
            String answer = table.lookUp(key);
            table.lookUpOnce(key);
            table.put(key);
            table.evict(key);
            table.evictAll();
            return answer;
        }
    }

    static class Table {

        @Cacheable("prices")
        public String lookUp(int key) {
            return "CANDIDATE";
        }

        @Cacheable(cacheNames = "prices", sync = true)
        public String lookUpOnce(int key) {
            return "CANDIDATE";
        }

        @Cacheable("prices")
        public CompletableFuture<String> lookUpLater(int key) {
            return CompletableFuture.supplyAsync(() -> "CANDIDATE");
        }

        @CachePut("prices")
        public String put(int key) {
            return "CANDIDATE";
        }

        @CacheEvict("prices")
        public void evict(int key) {}

        @CacheEvict(cacheNames = "prices", allEntries = true)
        public void evictAll() {}
    }

    /** A bean that is injected with the very class of its cache manager. */
    record Dashboard(CaffeineCacheManager caches) {
        Cache prices() {
            return caches.getCache("prices");
        }
    }

    static final class FinalManager implements CacheManager {
        private final CacheManager caches = new ConcurrentMapCacheManager();

        @Override
        public Cache getCache(String name) {
            return caches.getCache(name);
        }

        @Override
        public Collection<String> getCacheNames() {
            return caches.getCacheNames();
        }
    }

    private static CacheManager manager(String kind) {
        return switch (kind) {
            case "map" -> new ConcurrentMapCacheManager();
            case "caffeine" -> new CaffeineCacheManager();
            case "transactional" -> new TransactionAwareCacheManagerProxy(new ConcurrentMapCacheManager());
            case "final" -> new FinalManager();
            default -> throw new IllegalArgumentException("a kind of cache manager, but not " + kind);
        };
    }

    static ApplicationContextRunner application(String start, String manager) {
        return withPrices(start).withBean(CacheManager.class, () -> manager(manager));
    }

    private static ApplicationContextRunner withPrices(String start) {
        return Laboratory.application(Caching.class)
                .withPropertyValues(Laboratory.START + "=" + start)
                .withBean(Prices.class)
                .withBean(Table.class)
                .withBean("newPrices", NewPrices.class);
    }

    @ParameterizedTest
    @CsvSource({
        "IMMEDIATE,map",
        "POLLED,map",
        "AFTER_PRIMARY,caffeine",
        "IMMEDIATE,caffeine",
        "IMMEDIATE,transactional",
        "IMMEDIATE,final",
        "SAME_THREAD,map"
    })
    void ofAThousandReadsNoneGetsWhatTheCandidatePut(String start, String manager) {
        application(start, manager).run(context -> {
            Prices prices = context.getBean(Prices.class);

            List<String> read = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                read.add(prices.price(i / 2));
            }
            Laboratory.settle(context);
            for (int key = 0; key < 500; key++) {
                read.add(prices.price(key));
            }
            Laboratory.settle(context);

            assertThat(read).hasSize(1_500).containsOnly("primary");
            assertThat(context.getBean(CacheWrites.class).byCache().get("prices"))
                    .isPositive();
            assertThat(Laboratory.verdicts(context)).contains(Verdict.MATCHED).doesNotContain(Verdict.UNCOMPARED);
        });
    }

    /** A cache manager with a final method, which no proxy passes on. */
    static class TenantCaches extends ConcurrentMapCacheManager {

        private final Map<String, String> tenants = new ConcurrentHashMap<>();

        public final int add(String tenant) {
            tenants.put(tenant, tenant);
            return tenants.size();
        }
    }

    @Test
    @Tag("promise-1")
    void aManagerWhoseProxyWouldChangeWhatCallersGetIsLeftAsItIsAndTheLogSaysSo() {
        try (LoggedLines log = new LoggedLines()) {
            Laboratory.application() // without Spring's caching, which needs a single manager
                    .withBean(Prices.class)
                    .withBean(Table.class)
                    .withBean("newPrices", NewPrices.class)
                    .withBean("tenants", TenantCaches.class)
                    .withBean("finals", FinalManager.class)
                    .run(context -> {
                        int added = context.getBean(TenantCaches.class).add("acme");

                        assertThat(added).isEqualTo(1);
                        assertThat(context.getBean(FinalManager.class)).isExactlyInstanceOf(FinalManager.class);
                        assertThat(log.at(Level.WARN))
                                .anyMatch(line -> line.contains("caches of the bean \"tenants\"")
                                        && line.contains("TenantCaches.add(java.lang.String) is final"))
                                .anyMatch(line -> line.contains("caches of the bean \"finals\"")
                                        && line.contains("FinalManager is final"));
                    });
        }
    }

    @Test
    void aReadOfTheCandidateFindsWhatIsThere() {
        application("AFTER_PRIMARY", "map").run(context -> {
            context.getBean(Prices.class).price(1);
            Laboratory.settle(context);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
            assertThat(context.getBean(CacheWrites.class).byCache()).isEqualTo(Map.of("prices", 3L));
        });
    }

    @Test
    void withoutTheGuardTheyAreChanged() {
        application("AFTER_PRIMARY", "map")
                .withPropertyValues("scientist.guard-caches=false")
                .run(context -> {
                    context.getBean(Prices.class).price(1);
                    Laboratory.settle(context);

                    assertThat(context.getBean(CacheManager.class)
                                    .getCache("prices")
                                    .get(1))
                            .isNull();
                    assertThat(context).doesNotHaveBean(CacheWrites.class);
                });
    }

    @Test
    void whoAsksForTheClassOfTheManagerAndOfTheCacheGetsThem() {
        CaffeineCacheManager own = new CaffeineCacheManager();
        own.setCaffeine(Caffeine.newBuilder().recordStats());
        withPrices("IMMEDIATE")
                .withBean(CaffeineCacheManager.class, () -> own)
                .withBean(Dashboard.class)
                .run(context -> {
                    Dashboard dashboard = context.getBean(Dashboard.class);
                    context.getBean(Prices.class).price(1);

                    assertThat(dashboard.prices())
                            .isInstanceOf(CaffeineCache.class)
                            .isSameAs(own.getCache("prices"));
                    assertThat(dashboard.caches().getCacheNames()).containsExactly("prices");
                    assertThat(dashboard.prices().get(1).get()).isEqualTo("primary");
                });
    }

    @Test
    void whatWasLeftOutIsCountedByTheNameOfTheCache() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withUserConfiguration(Caching.class)
                .withPropertyValues("scientist.defaults.start=same-thread", "scientist.logging=false")
                .withBean(CacheManager.class, ConcurrentMapCacheManager::new)
                .withBean(Prices.class)
                .withBean(Table.class)
                .withBean("newPrices", NewPrices.class)
                .run(context -> {
                    ExperimentDetails details = context.getBean(ExperimentDetails.class);
                    Map<String, Long> before = details.cacheWrites();
                    context.getBean(Prices.class).price(1);
                    Map<String, Long> after = details.cacheWrites();

                    assertThat(before).isEmpty();
                    assertThat(after).isEqualTo(Map.of("prices", 3L));
                });
    }

    static class Late {

        private final Table table;
        private final CacheManager caches;
        private @Nullable Cache kept;

        Late(Table table, CacheManager caches) {
            this.table = table;
            this.caches = caches;
        }

        @ParallelRun(method = "newer")
        public CompletableFuture<String> price(int key) {
            keep().put(key + 1, "primary");
            return CompletableFuture.completedFuture("CANDIDATE");
        }

        public CompletableFuture<String> newer(int key) {
            keep().put(key + 2, "CANDIDATE");
            return table.lookUpLater(key);
        }

        private Cache keep() {
            Cache known = kept;
            if (known == null) {
                known = caches.getCache("prices");
                kept = known;
            }
            return known;
        }
    }

    @Test
    void anAnswerThatComesLaterAndOnAnotherThreadIsNotPutEither() {
        application("AFTER_PRIMARY", "map").withBean(Late.class).run(context -> {
            context.getBean(Late.class).price(1).join();
            Laboratory.settle(context);
            Cache prices = context.getBean(CacheManager.class).getCache("prices");

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
            assertThat(prices.get(1)).isNull();
        });
    }

    @Test
    void aCacheThatACandidateFetchedAndABeanKeepsIsTheCallersOwnForItsCallers() {
        application("AFTER_PRIMARY", "map").withBean(Late.class).run(context -> {
            Late late = Laboratory.target(context.getBean(Late.class));
            Shadow.Scope mark = Shadow.enter("experiment");
            late.newer(10).join();
            mark.close();

            context.getBean(Late.class).price(20).join();
            Laboratory.settle(context);
            Cache prices = context.getBean(CacheManager.class).getCache("prices");

            assertThat(prices.get(12)).isNull();
            assertThat(prices.get(21).get()).isEqualTo("primary");
            assertThat(prices.get(22)).isNull();
        });
    }

    static class Catalog {

        @ParallelRun(method = "newer")
        @Cacheable({"items", "more"})
        public String item(String key) {
            return "primary";
        }

        @Cacheable({"others", "items"})
        public String newer(String key) {
            return "candidate";
        }
    }

    @CacheConfig(cacheNames = "stages")
    static class Stages {

        @ParallelRun(method = "newer")
        @Cacheable
        public CompletableFuture<String> item(String key) {
            return CompletableFuture.completedFuture("primary");
        }

        @CachePut
        public CompletableFuture<String> newer(String key) {
            return CompletableFuture.completedFuture("candidate");
        }
    }

    static class Apart {

        @ParallelRun(method = "newer")
        @Cacheable("items")
        public String item(String key) {
            return "item of " + key;
        }

        @Cacheable("new-items")
        public String newer(String key) {
            return "item of " + key;
        }
    }

    @ParameterizedTest
    @CsvSource({"dev.scientist.spring.CachesTest$Catalog,items", "dev.scientist.spring.CachesTest$Stages,stages"})
    @Tag("promise-15")
    void twoSidesOnOneCacheStopTheApplication(Class<?> bean, String cache) {
        Laboratory.application(Caching.class, bean)
                .withBean(CacheManager.class, ConcurrentMapCacheManager::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(WrongWiringException.class)
                        .hasMessageContaining("use the same cache: \"" + cache + "\"")
                        .hasMessageContaining("Give the candidate a cache of its own name"));
    }

    @Test
    void withoutCachingNothingIsShared() {
        Laboratory.application(Catalog.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aCandidateWithACacheOfItsOwnIsCompared() {
        Laboratory.application(Caching.class, Apart.class)
                .withBean(CacheManager.class, ConcurrentMapCacheManager::new)
                .run(context -> {
                    context.getBean(Apart.class).item("a");

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                    assertThat(context.getBean(CacheWrites.class).byCache()).isEqualTo(Map.of("new-items", 1L));
                });
    }
}
