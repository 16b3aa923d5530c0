package dev.scientist.service;

/** A projection of a purchase: an interface that Spring Data implements by a proxy. */
interface Receipt {

    long getId();

    String getCustomer();
}
