package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Review;
import dev.scientist.spring.ParallelRun;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Customers' reviews of products. */
@Service
public class LegacyReviews {

    private final EntityManager entities;

    LegacyReviews(EntityManager entities) {
        this.entities = entities;
    }

    // The answer consists of entities, and the web page loads their votes in the same session while the two sides are
    // compared. So the experiment has a snapshot (see application.yaml): the entities are compared as they were
    // returned.
    @ParallelRun(name = "catalog.reviews", candidate = "rewrittenReviews")
    @Transactional(readOnly = true)
    public List<Review> reviews(String sku) {
        return entities.createQuery(
                        "SELECT r FROM Review r WHERE r.sku = :sku ORDER BY r.writtenOn DESC, r.id DESC", Review.class)
                .setParameter("sku", sku)
                .getResultList();
    }
}
