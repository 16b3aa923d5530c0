package dev.scientist.samples.shop.domain;

import java.time.LocalDate;

/**
 * The promised dates of a delivery.
 *
 * @param country the country it goes to, two letters
 * @param dispatched the day it leaves the warehouse, in the warehouse's own time
 * @param arrives the day it reaches the customer
 */
public record DeliveryPromise(String country, LocalDate dispatched, LocalDate arrives) {}
