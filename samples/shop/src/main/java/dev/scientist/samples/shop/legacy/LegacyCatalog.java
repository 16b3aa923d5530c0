package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Product;
import dev.scientist.spring.ParallelRun;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The catalog of products. */
@Service
public class LegacyCatalog {

    private final JdbcTemplate jdbc;

    LegacyCatalog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // This part of the rewrite has no defect and is called often: half a minute is enough to show that it may serve its
    // first callers.
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
