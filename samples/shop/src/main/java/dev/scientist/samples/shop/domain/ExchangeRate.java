package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;

/**
 * The exchange rate of a currency to the euro.
 *
 * @param currency the currency, three letters
 * @param perEuro how much of the currency one euro is worth
 */
public record ExchangeRate(String currency, BigDecimal perEuro) {}
