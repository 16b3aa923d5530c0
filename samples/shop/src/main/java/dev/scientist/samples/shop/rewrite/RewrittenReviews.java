package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.Review;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Customers' reviews of products. */
@Service
class RewrittenReviews {

    private final ReviewRepository reviews;

    RewrittenReviews(ReviewRepository reviews) {
        this.reviews = reviews;
    }

    @Transactional(readOnly = true)
    public List<Review> reviews(String sku) {
        return reviews.findBySku(sku);
    }
}
