package dev.scientist.samples.shop.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import dev.scientist.samples.shop.ShopTest;
import dev.scientist.testing.RecordingPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.jdbc.core.JdbcTemplate;

@ShopTest
class LegacyExchangeRatesTest {

    @Autowired
    private LegacyExchangeRates rates;

    @Autowired
    private RecordingPublisher recording;

    @Autowired
    private CacheManager caches;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void onlyCallersFillACache() {
        rates.rate("JPY");

        assertThat(recording.trials()).hasSize(1);
        assertThat(cache("exchange-rates").get("JPY")).isNotNull();
        assertThat(cache("rewritten-exchange-rates").get("JPY")).isNull();
    }

    @Test
    void aStaleAnswerOfTheCacheIsADifference() {
        rates.rate("USD");
        jdbc.update("UPDATE currency SET per_euro = 1.09 WHERE code = 'USD'");

        rates.rate("USD");

        assertThat(recording.takeTrials())
                .extracting(trial -> trial.candidates().get(0).verdict())
                .containsExactly(Verdict.MATCHED, Verdict.MISMATCHED);
    }

    @AfterEach
    void putBack() {
        cache("exchange-rates").clear();
        jdbc.update("UPDATE currency SET per_euro = 1.08 WHERE code = 'USD'");
    }

    private Cache cache(String name) {
        Cache cache = caches.getCache(name);
        assertThat(cache).as(name).isNotNull();
        return cache;
    }
}
