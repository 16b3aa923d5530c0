package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Review;
import dev.scientist.spring.ParallelRun;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers say about products. */
@Service
public class LegacyReviews {

    private final EntityManager entities;

    LegacyReviews(EntityManager entities) {
        this.entities = entities;
    }

    // Entities, which stay the caller's: the page goes on in the session they were read in, and loads their votes
    // while the two sides are compared. So they are compared as they were answered: snapshot in application.yaml.
    @ParallelRun(name = "catalog.reviews", candidate = "rewrittenReviews")
    @Transactional(readOnly = true)
    public List<Review> reviews(String sku) {
        return entities.createQuery(
                        "SELECT r FROM Review r WHERE r.sku = :sku ORDER BY r.writtenOn DESC, r.id DESC", Review.class)
                .setParameter("sku", sku)
                .getResultList();
    }
}
