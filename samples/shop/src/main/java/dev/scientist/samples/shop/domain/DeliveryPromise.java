package dev.scientist.samples.shop.domain;

import java.time.LocalDate;

/**
 * When an order arrives.
 *
 * @param country where it goes, two letters
 * @param dispatched the day it leaves the warehouse, in the warehouse's own time
 * @param arrives the day the customer has it
 */
public record DeliveryPromise(String country, LocalDate dispatched, LocalDate arrives) {}
