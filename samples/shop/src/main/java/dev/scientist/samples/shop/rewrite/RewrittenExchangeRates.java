package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.ExchangeRate;
import java.util.NoSuchElementException;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What a euro is worth. */
@Service
class RewrittenExchangeRates {

    private final JdbcClient jdbc;

    RewrittenExchangeRates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // A cache of its own, which stays empty while this only shadows: a shadow's put does nothing. So what the legacy
    // cache answers is compared with what the database says now.
    @Cacheable("rewritten-exchange-rates")
    public ExchangeRate rate(String currency) {
        return jdbc.sql("SELECT code AS currency, per_euro FROM currency WHERE code = :code")
                .param("code", currency)
                .query(ExchangeRate.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no currency " + currency));
    }
}
