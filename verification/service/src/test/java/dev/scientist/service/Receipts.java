package dev.scientist.service;

import dev.scientist.spring.ParallelRun;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Returns projections. It holds both the primary and the candidate. */
@Service
class Receipts {

    private final PurchaseRepository repository;

    Receipts(PurchaseRepository repository) {
        this.repository = repository;
    }

    @ParallelRun(name = "receipts.find", method = "findAgain")
    @Transactional(readOnly = true)
    public List<Receipt> find(String customer) {
        return repository.findByCustomer(customer);
    }

    @Transactional(readOnly = true)
    public List<Receipt> findAgain(String customer) {
        return repository.findByCustomer(customer);
    }
}
