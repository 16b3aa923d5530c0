package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A coupon, which takes off a share or an amount.
 *
 * @param kind {@code PERCENT} or {@code AMOUNT}
 * @param amount the share, or the amount in euros
 */
record Coupon(String kind, BigDecimal amount) {

    static final Coupon NONE = new Coupon("PERCENT", BigDecimal.ZERO);

    /** The share that this coupon takes off a sum. */
    BigDecimal shareOf(BigDecimal list, Money currency) {
        if (list.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return switch (kind) {
            case "PERCENT" -> amount;
            default -> amount.multiply(currency.perEuro()).divide(list, 6, RoundingMode.DOWN);
        };
    }
}
