package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.domain.Product;
import dev.scientist.samples.shop.legacy.LegacyCatalog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What there is to buy. */
@RestController
final class ProductController {

    private final LegacyCatalog catalog;

    ProductController(LegacyCatalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/products/{sku}")
    Product product(@PathVariable String sku) {
        return catalog.product(sku);
    }
}
