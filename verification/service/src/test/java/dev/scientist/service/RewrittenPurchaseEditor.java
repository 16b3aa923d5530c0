package dev.scientist.service;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The candidate that changes purchases. It writes as well, and can be made to wait. */
@Service
class RewrittenPurchaseEditor {

    private final PurchaseRepository repository;
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile CountDownLatch release = new CountDownLatch(0);

    RewrittenPurchaseEditor(PurchaseRepository repository) {
        this.repository = repository;
    }

    /** Changes the entity only; the flush at the commit writes the change. */
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

    /** Holds its connection until it is released, and ignores interrupts, as JDBC drivers do. */
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
                // Ignored, as by a driver that waits for its database.
            }
        }
        return count;
    }

    /** From now on, counting waits until the latch opens. */
    void hold(CountDownLatch latch) {
        release = latch;
    }

    int atWork() {
        return atWork.get();
    }
}
