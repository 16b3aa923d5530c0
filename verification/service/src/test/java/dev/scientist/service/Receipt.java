package dev.scientist.service;

/** What a repository shows of a purchase: an interface, of which Spring Data makes a proxy. */
interface Receipt {

    long getId();

    String getCustomer();
}
