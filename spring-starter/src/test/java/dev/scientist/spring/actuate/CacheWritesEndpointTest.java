package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.spring.ParallelRun;
import dev.scientist.spring.StarterConfigurations;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** Proves that the endpoint shows which writes of candidates were kept from the application's caches. */
class CacheWritesEndpointTest {

    @Test
    void theEndpointShowsWhatWasLeftOut() {
        new ApplicationContextRunner()
                .withConfiguration(StarterConfigurations.all())
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "scientist.defaults.start=same-thread",
                        "scientist.logging=false")
                .withBean(CacheManager.class, ConcurrentMapCacheManager::new)
                .withBean(Prices.class)
                .run(context -> {
                    ExperimentsEndpoint endpoint = context.getBean(ExperimentsEndpoint.class);
                    Map<String, Object> before = endpoint.list();
                    context.getBean(Prices.class).price();
                    Map<String, Object> after = endpoint.list();

                    assertThat(before).doesNotContainKey("cacheWritesLeftOut");
                    assertThat(after).containsEntry("cacheWritesLeftOut", Map.of("prices", 1L));
                });
    }

    static class Prices {

        private final CacheManager caches;

        Prices(CacheManager caches) {
            this.caches = caches;
        }

        @ParallelRun(method = "cachedPrice")
        public String price() {
            return "1.00";
        }

        public String cachedPrice() {
            caches.getCache("prices").put("price", "1.00");
            return "1.00";
        }
    }
}
