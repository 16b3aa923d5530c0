package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What some items cost. Amounts have as many decimals as the currency: two for EUR, none for JPY, three for KWD.
 *
 * @param quoteId another one for each quote
 * @param issuedAt when it was made
 * @param currency in which the amounts are
 * @param lines one for each item, in the order in which they were asked for
 * @param list before discounts and tax
 * @param net after discounts, before tax
 * @param tax the sum of what each line is taxed
 * @param gross what the customer pays
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
