package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic in one currency.
 *
 * @param decimals of its smallest unit
 * @param perEuro how much of it a euro is
 */
record Money(int decimals, BigDecimal perEuro) {

    BigDecimal fromEuro(BigDecimal amount) {
        return round(amount.multiply(perEuro));
    }

    BigDecimal round(BigDecimal amount) {
        return amount.setScale(decimals, RoundingMode.HALF_UP);
    }

    /** Half even, so that the error of many small amounts does not add up. */
    BigDecimal taxOn(BigDecimal net, BigDecimal rate) {
        return net.multiply(rate).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
