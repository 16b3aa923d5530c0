package dev.scientist.service;

import org.hibernate.Hibernate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The candidate, which does the same as the primary. */
@Service
class RewrittenPurchases {

    private final PurchaseRepository repository;

    RewrittenPurchases(PurchaseRepository repository) {
        this.repository = repository;
    }

    @Transactional(readOnly = true)
    public Purchase find(long id) {
        return repository.findById(id).orElseThrow();
    }

    public String describe(Purchase purchase) {
        purchase.getLines().forEach(line -> Hibernate.initialize(line.getTags())); // more than the primary reads
        return purchase.getCustomer() + " " + purchase.getId();
    }
}
