package dev.scientist.samples.shop.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import dev.scientist.samples.shop.ShopOverHttp;
import dev.scientist.samples.shop.TrialQueue;
import dev.scientist.samples.shop.domain.Review;
import java.util.List;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** Tests callers that use the answer in its session while it is compared on other threads. */
@ShopOverHttp
@Tag("database")
class LegacyReviewsTest {

    @Autowired
    private LegacyReviews reviews;

    @Autowired
    private TrialQueue trials;

    @Test
    @Transactional
    void comparingLoadsNothingThatTheCallerHasNotAskedFor() throws InterruptedException {
        trials.forget();

        List<Review> answer = reviews.reviews("B-13");

        assertThat(trials.has("catalog.reviews", Verdict.MATCHED)).isTrue();
        assertThat(answer).isNotEmpty().noneMatch(review -> Hibernate.isInitialized(review.getVotes()));
        assertThat(answer).anyMatch(review -> !review.getVotes().isEmpty());
    }
}
