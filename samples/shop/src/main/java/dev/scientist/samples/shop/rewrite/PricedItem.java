package dev.scientist.samples.shop.rewrite;

import java.math.BigDecimal;

/**
 * One item with its list price.
 *
 * @param list the price of the whole quantity, before discounts
 * @param rate the tax rate in the country it goes to; zero if it is exempt
 * @param reverseCharge whether a business in that country accounts for the tax itself
 */
record PricedItem(String sku, int quantity, BigDecimal list, BigDecimal rate, boolean reverseCharge) {

    BigDecimal rateFor(Buyer buyer) {
        return reverseCharge && buyer.business() ? BigDecimal.ZERO : rate;
    }
}
