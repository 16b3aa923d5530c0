package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Takes a share off, or an amount.
 *
 * @param kind {@code PERCENT} or {@code AMOUNT}
 * @param amount a share, or euros
 */
record Coupon(String kind, BigDecimal amount) {

    static final Coupon NONE = new Coupon("PERCENT", BigDecimal.ZERO);

    /** What it takes off a sum, as a share of it. */
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
