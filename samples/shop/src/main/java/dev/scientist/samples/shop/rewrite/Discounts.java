package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The discounts of a quote. They add up, to 25 % at most.
 *
 * @param general the share that is taken off every line
 */
record Discounts(BigDecimal general) {

    private static final BigDecimal CAP = new BigDecimal("0.25");
    private static final Map<String, BigDecimal> LOYALTY = Map.of(
            "SILVER", new BigDecimal("0.02"), "GOLD", new BigDecimal("0.04"), "PLATINUM", new BigDecimal("0.06"));

    static Discounts of(Buyer buyer, Coupon coupon, BigDecimal list, Money currency) {
        BigDecimal loyalty = LOYALTY.getOrDefault(buyer.tier(), BigDecimal.ZERO);
        return new Discounts(loyalty.add(coupon.shareOf(list, currency)));
    }

    /** The share of the list price that is left to pay for a quantity of one item. */
    BigDecimal remainder(int quantity) {
        return BigDecimal.ONE.subtract(general.add(volume(quantity)).min(CAP));
    }

    private static BigDecimal volume(int quantity) {
        if (quantity >= 50) {
            return new BigDecimal("0.12");
        }
        return quantity >= 10 ? new BigDecimal("0.05") : BigDecimal.ZERO;
    }
}
