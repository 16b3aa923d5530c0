package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.domain.Product;
import dev.scientist.samples.shop.domain.Review;
import dev.scientist.samples.shop.legacy.LegacyCatalog;
import dev.scientist.samples.shop.legacy.LegacyReviews;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of products and their reviews. */
@RestController
final class ProductController {

    private final LegacyCatalog catalog;
    private final LegacyReviews reviews;

    ProductController(LegacyCatalog catalog, LegacyReviews reviews) {
        this.catalog = catalog;
        this.reviews = reviews;
    }

    @GetMapping("/products/{sku}")
    Product product(@PathVariable String sku) {
        return catalog.product(sku);
    }

    // The votes are loaded while the response is written, in the session that open-in-view keeps open until then.
    @GetMapping("/products/{sku}/reviews")
    List<Review> reviews(@PathVariable String sku) {
        return reviews.reviews(sku);
    }
}
