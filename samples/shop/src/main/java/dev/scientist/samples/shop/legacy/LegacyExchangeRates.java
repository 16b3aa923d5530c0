package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.ExchangeRate;
import dev.scientist.spring.ParallelRun;
import java.util.NoSuchElementException;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The exchange rates of the euro. */
@Service
public class LegacyExchangeRates {

    private final JdbcTemplate jdbc;

    LegacyExchangeRates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // The rewrite has a cache of its own. If both used the same one, each side would return values that the other has
    // put there, so the starter refuses that: the shop would not start.
    @ParallelRun(name = "exchange.rate", candidate = "rewrittenExchangeRates")
    @Cacheable("exchange-rates")
    public ExchangeRate rate(String currency) {
        StringBuilder sql = new StringBuilder("SELECT code, per_euro FROM currency");
        sql.append(" WHERE code = ?");
        for (ExchangeRate rate : jdbc.query(
                sql.toString(),
                (row, i) -> new ExchangeRate(row.getString("code"), row.getBigDecimal("per_euro")),
                currency)) {
            return rate;
        }
        throw new NoSuchElementException("no currency " + currency);
    }
}
