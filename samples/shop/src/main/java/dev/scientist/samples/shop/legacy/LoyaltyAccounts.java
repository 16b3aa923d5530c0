package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.LoyaltyStatus;
import dev.scientist.spring.ParallelRun;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The loyalty status of customers. Rewritten in place: both implementations are here until one of them is removed. */
@Service
public class LoyaltyAccounts {

    private enum Tier {
        NONE(1_000),
        SILVER(4_000),
        GOLD(10_000),
        PLATINUM(0);

        private final int next;

        Tier(int next) {
            this.next = next;
        }

        int pointsToNext(int points) {
            return Math.max(0, next - points);
        }
    }

    private record Account(String tier, int points) {}

    private final JdbcTemplate jdbc;

    LoyaltyAccounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // The candidate is given by its method, without a bean: it is another method of this bean. For a rewrite of a
    // single method.
    @ParallelRun(name = "loyalty.status", method = "statusByTier")
    public LoyaltyStatus status(long customerId) {
        Account account = account(customerId);
        String[] tiers = {"NONE", "SILVER", "GOLD"};
        int[] next = {1000, 4000, 10000};
        int missing = 0;
        for (int i = 0; i < tiers.length; i++) {
            if (tiers[i].equals(account.tier())) {
                missing = next[i] - account.points();
            }
        }
        return new LoyaltyStatus(customerId, account.tier(), account.points(), missing < 0 ? 0 : missing);
    }

    public LoyaltyStatus statusByTier(long customerId) {
        Account account = account(customerId);
        Tier tier = Tier.valueOf(account.tier());
        return new LoyaltyStatus(customerId, tier.name(), account.points(), tier.pointsToNext(account.points()));
    }

    private Account account(long customerId) {
        for (Account account : jdbc.query(
                "SELECT tier, points FROM customer WHERE id = ?",
                (row, i) -> new Account(row.getString("tier"), row.getInt("points")),
                customerId)) {
            return account;
        }
        throw new NoSuchElementException("no customer " + customerId);
    }
}
