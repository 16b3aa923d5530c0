package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;

/**
 * One item at its list price.
 *
 * @param list for all of them, before discounts
 * @param rate of the tax in the country it goes to; zero where it is exempt
 * @param reverseCharge whether a business there accounts for the tax itself
 */
record PricedItem(String sku, int quantity, BigDecimal list, BigDecimal rate, boolean reverseCharge) {

    BigDecimal rateFor(Buyer buyer) {
        return reverseCharge && buyer.business() ? BigDecimal.ZERO : rate;
    }
}
