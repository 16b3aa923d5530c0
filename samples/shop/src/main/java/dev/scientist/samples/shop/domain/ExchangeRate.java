package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;

/**
 * What a euro is worth.
 *
 * @param currency in which currency, three letters
 * @param perEuro how much of it
 */
public record ExchangeRate(String currency, BigDecimal perEuro) {}
