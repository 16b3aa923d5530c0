package dev.scientist;

import static dev.scientist.Eventually.eventually;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds back whoever wants to pass until it is opened: a hang that a test can end. */
final class Door {

    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger arrivals = new AtomicInteger();
    private final AtomicInteger interruptions = new AtomicInteger();

    void open() {
        opened.countDown();
    }

    /** Waits until the door is open; an interrupt ends the waiting. */
    void pass() throws InterruptedException {
        arrivals.incrementAndGet();
        try {
            opened.await();
        } catch (InterruptedException e) {
            interruptions.incrementAndGet();
            throw e;
        }
    }

    /** Waits until the door is open, whoever interrupts. */
    void passStubbornly() {
        arrivals.incrementAndGet();
        boolean isOpen = false;
        while (!isOpen) {
            try {
                opened.await();
                isOpen = true;
            } catch (InterruptedException e) {
                interruptions.incrementAndGet(); // ignored on purpose, as by a candidate that ignores interrupts
            }
        }
    }

    /** The number of threads that wanted to pass. */
    int arrivals() {
        return arrivals.get();
    }

    /** The number of interrupts of threads that waited. */
    int interruptions() {
        return interruptions.get();
    }

    void awaitArrivals(int count) {
        eventually(count + " arrive at the door", () -> arrivals.get() >= count);
    }

    void awaitInterruption() {
        eventually("who waits at the door is interrupted", () -> interruptions.get() > 0);
    }
}
