package dev.scientist.service;

import dev.scientist.spring.ParallelRun;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The primary, which takes and returns entities of the caller's session. */
@Service
class Purchases {

    private final PurchaseRepository repository;

    Purchases(PurchaseRepository repository) {
        this.repository = repository;
    }

    @ParallelRun(name = "purchases.find", candidate = "rewrittenPurchases")
    @Transactional(readOnly = true)
    public Purchase find(long id) {
        return repository.findById(id).orElseThrow();
    }

    @ParallelRun(name = "purchases.describe", candidate = "rewrittenPurchases")
    public String describe(Purchase purchase) {
        return purchase.getCustomer() + " " + purchase.getId();
    }
}
