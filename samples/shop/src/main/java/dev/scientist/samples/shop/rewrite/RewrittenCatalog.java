package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.Product;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The catalog of products. */
@Service
final class RewrittenCatalog {

    private final JdbcClient jdbc;

    RewrittenCatalog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Product product(String sku) {
        return jdbc.sql("SELECT sku, title, price_eur FROM product WHERE sku = :sku")
                .param("sku", sku)
                .query(Product.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no product " + sku));
    }
}
