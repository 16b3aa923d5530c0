package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.Review;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The repository of reviews. */
interface ReviewRepository extends Repository<Review, Long> {

    /**
     * Reads the reviews of a product with their votes in one query, so that the page needs no further query for each
     * review.
     */
    @Query("SELECT r FROM Review r LEFT JOIN FETCH r.votes WHERE r.sku = :sku ORDER BY r.writtenOn DESC, r.id DESC")
    List<Review> findBySku(String sku);
}
