package dev.scientist.service;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The rewrite, which writes as well, and sometimes takes its time. */
@Service
class RewrittenPurchaseEditor {

    private final PurchaseRepository repository;
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile CountDownLatch release = new CountDownLatch(0);

    RewrittenPurchaseEditor(PurchaseRepository repository) {
        this.repository = repository;
    }

    /** Leaves the change to the flush at the commit. */
    @Transactional
    public String rename(long id, String customer) {
        repository.findById(id).orElseThrow().setCustomer("rewritten " + customer);
        return customer;
    }

    @Transactional
    public String add(long id, String customer) {
        repository.saveAndFlush(new Purchase(100 + id, "rewritten " + customer));
        return customer;
    }

    /** Holds its connection until it is released, and does not hear interrupts, as JDBC does not. */
    @Transactional(readOnly = true)
    public long count() {
        long count = repository.count();
        atWork.incrementAndGet();
        boolean isReleased = false;
        while (!isReleased) {
            try {
                release.await();
                isReleased = true;
            } catch (InterruptedException unheard) {
                // As a driver that waits for its database.
            }
        }
        return count;
    }

    /** From now on counting takes until the latch opens. */
    void hold(CountDownLatch latch) {
        release = latch;
    }

    int atWork() {
        return atWork.get();
    }
}
