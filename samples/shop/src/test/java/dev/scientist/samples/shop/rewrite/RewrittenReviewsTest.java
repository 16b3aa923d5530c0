package dev.scientist.samples.shop.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.samples.shop.ShopTest;
import dev.scientist.samples.shop.domain.Vote;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ShopTest
class RewrittenReviewsTest {

    /**
     * The votes are not compared in the experiment, because the legacy answer has not loaded them. So they are tested
     * here.
     */
    @Test
    void theVotesComeWithTheReviews(@Autowired RewrittenReviews reviews, @Autowired JdbcTemplate jdbc) {
        List<Vote> votes = reviews.reviews("B-13").stream()
                .flatMap(review -> review.getVotes().stream())
                .toList();

        assertThat(votes)
                .isNotEmpty()
                .isEqualTo(jdbc.query(
                        "SELECT v.voter, v.helpful FROM review r JOIN review_vote v ON v.review_id = r.id"
                                + " WHERE r.sku = 'B-13' ORDER BY r.written_on DESC, r.id DESC, v.voter",
                        (row, i) -> new Vote(row.getString("voter"), row.getBoolean("helpful"))));
    }
}
