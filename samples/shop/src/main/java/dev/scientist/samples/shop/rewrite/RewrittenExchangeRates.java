package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.ExchangeRate;
import java.util.NoSuchElementException;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The exchange rates of the euro. */
@Service
class RewrittenExchangeRates {

    private final JdbcClient jdbc;

    RewrittenExchangeRates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // This cache stays empty while the rewrite only runs as a shadow, because a shadow's put does nothing. So the
    // answers of the legacy cache are compared with the current values in the database.
    @Cacheable("rewritten-exchange-rates")
    public ExchangeRate rate(String currency) {
        return jdbc.sql("SELECT code AS currency, per_euro FROM currency WHERE code = :code")
                .param("code", currency)
                .query(ExchangeRate.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no currency " + currency));
    }
}
