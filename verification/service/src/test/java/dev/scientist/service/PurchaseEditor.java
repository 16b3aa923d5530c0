package dev.scientist.service;

import dev.scientist.spring.ParallelRun;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The primary that changes purchases. */
@Service
class PurchaseEditor {

    private final PurchaseRepository repository;

    PurchaseEditor(PurchaseRepository repository) {
        this.repository = repository;
    }

    @ParallelRun(name = "purchases.rename", candidate = "rewrittenPurchaseEditor")
    @Transactional
    public String rename(long id, String customer) {
        repository.findById(id).orElseThrow().setCustomer(customer);
        return customer;
    }

    @ParallelRun(name = "purchases.add", candidate = "rewrittenPurchaseEditor")
    @Transactional
    public String add(long id, String customer) {
        repository.save(new Purchase(id, customer));
        return customer;
    }

    @ParallelRun(name = "purchases.count", candidate = "rewrittenPurchaseEditor")
    public long count() {
        return repository.count();
    }
}
