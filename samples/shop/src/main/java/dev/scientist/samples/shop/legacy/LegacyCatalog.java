package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Product;
import dev.scientist.spring.ParallelRun;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What there is to buy. */
@Service
public class LegacyCatalog {

    private final JdbcTemplate jdbc;

    LegacyCatalog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // A part of the rewrite without a mistake, and called often: half a minute shows it fit for its first callers.
    @ParallelRun(name = "catalog.product", candidate = "rewrittenCatalog")
    public Product product(String sku) {
        StringBuilder sql = new StringBuilder("SELECT sku, title, price_eur FROM product");
        sql.append(" WHERE sku = ?");
        for (Product product : jdbc.query(
                sql.toString(),
                (row, i) -> new Product(row.getString("sku"), row.getString("title"), row.getBigDecimal("price_eur")),
                sku)) {
            return product;
        }
        throw new NoSuchElementException("no product " + sku);
    }
}
