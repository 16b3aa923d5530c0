package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The prices of some items. Amounts have as many decimals as the currency: two for EUR, none for JPY, three for KWD.
 *
 * @param quoteId an identifier that differs in each quote
 * @param issuedAt when the quote was made
 * @param currency the currency of the amounts
 * @param lines one for each item, in the order of the request
 * @param list the sum before discounts and tax
 * @param net the sum after discounts, before tax
 * @param tax the sum of the taxes of all lines
 * @param gross the sum that the customer pays
 */
public record Quote(
        String quoteId,
        Instant issuedAt,
        String currency,
        List<Line> lines,
        BigDecimal list,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal gross) {

    /** One item of a quote. */
    public record Line(String sku, int quantity, BigDecimal net, BigDecimal tax) {}
}
