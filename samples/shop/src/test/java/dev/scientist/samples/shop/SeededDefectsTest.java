package dev.scientist.samples.shop;

import static dev.scientist.Verdict.CANDIDATE_FAILED;
import static dev.scientist.Verdict.MATCHED;
import static dev.scientist.Verdict.MISMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Trial;
import dev.scientist.samples.shop.domain.DeliveryEstimates;
import dev.scientist.samples.shop.domain.DeliveryRequest;
import dev.scientist.samples.shop.domain.QuoteRequest;
import dev.scientist.samples.shop.legacy.LegacyInvoices;
import dev.scientist.samples.shop.legacy.LegacyOrders;
import dev.scientist.samples.shop.legacy.LegacyPricing;
import dev.scientist.samples.shop.legacy.LoyaltyAccounts;
import dev.scientist.testing.RecordingPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Shows each defect that was put into the blocking half of the rewrite, by a single call. */
@ShopTest
class SeededDefectsTest {

    @Autowired
    private RecordingPublisher recording;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void arrange() {
        clear();
        jdbc.update("INSERT INTO product VALUES ('HALF', 'a quarter of it ends in half a cent', 'TOOL', 12.50)");
    }

    @AfterEach
    void clear() {
        jdbc.update("DELETE FROM product WHERE sku = 'HALF'");
    }

    @Test
    void theRoundingMode(@Autowired LegacyPricing pricing) {
        int customer = find("SELECT MIN(id) FROM customer WHERE tier = 'NONE' AND vat_id IS NULL");

        pricing.quote(new QuoteRequest(customer, "DK", "EUR", null, "web", List.of(new QuoteRequest.Item("HALF", 1))));

        Trial.Candidate<?> candidate = theCandidate();
        assertThat(candidate.verdict()).isEqualTo(MISMATCHED);
        assertThat(candidate.differences())
                .extracting(Difference::path)
                .containsExactlyInAnyOrder("/lines/0/tax", "/tax", "/gross");
        assertThat(candidate.differences())
                .filteredOn(difference -> difference.severity() == Severity.CRITICAL)
                .extracting(Difference::path)
                .containsExactly("/gross");
    }

    @Test
    void theTimeZone(@Autowired DeliveryEstimates delivery) {
        Instant morning = Instant.parse("2026-04-21T08:00:00Z"); // 10:00 in Leipzig, 17:00 in Tokyo

        delivery.estimate(new DeliveryRequest("JP", false, morning));

        Trial.Candidate<?> candidate = theCandidate();
        assertThat(candidate.verdict()).isEqualTo(MISMATCHED);
        assertThat(candidate.differences()).extracting(Difference::path).containsExactly("/dispatched", "/arrives");
    }

    @Test
    void theMissingNull(@Autowired LegacyInvoices invoices) {
        int order =
                find("SELECT MIN(o.id) FROM orders o JOIN customer c ON c.id = o.customer_id WHERE c.phone IS NULL");

        invoices.invoice(order);

        Trial.Candidate<?> candidate = theCandidate();
        assertThat(candidate.verdict()).isEqualTo(MISMATCHED);
        assertThat(candidate.differences()).extracting(Difference::signature).containsExactly("missing /phone [null]");
    }

    @Test
    void theException(@Autowired LoyaltyAccounts loyalty) {
        int founder = find("SELECT MIN(id) FROM customer WHERE tier = 'FOUNDER'");

        loyalty.status(founder);

        assertThat(theCandidate().verdict()).isEqualTo(CANDIDATE_FAILED);
    }

    @Test
    void theQueryForEachRow(@Autowired LegacyOrders orders) {
        orders.detail(7);

        Trial<?> trial = recording.trials().get(0);
        assertThat(trial.candidates().get(0).verdict()).isEqualTo(MATCHED);
        // The order has at least twenty lines, and each of them costs a round trip to the database.
        assertThat(trial.candidates().get(0).outcome().elapsed()).isGreaterThan(Duration.ofMillis(20));
    }

    private Trial.Candidate<?> theCandidate() {
        List<Trial<?>> trials = recording.takeTrials();
        assertThat(trials).hasSize(1);
        return trials.get(0).candidates().get(0);
    }

    private int find(String sql) {
        Integer id = jdbc.queryForObject(sql, Integer.class);
        assertThat(id).as(sql).isNotNull();
        return id;
    }
}
