package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic in one currency.
 *
 * @param decimals the number of decimals of amounts
 * @param perEuro how much of the currency one euro is worth
 */
record Money(int decimals, BigDecimal perEuro) {

    BigDecimal fromEuro(BigDecimal amount) {
        return round(amount.multiply(perEuro));
    }

    BigDecimal round(BigDecimal amount) {
        return amount.setScale(decimals, RoundingMode.HALF_UP);
    }

    /** The tax on an amount. It is rounded half even, so that the errors of many small amounts do not add up. */
    BigDecimal taxOn(BigDecimal net, BigDecimal rate) {
        return net.multiply(rate).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
