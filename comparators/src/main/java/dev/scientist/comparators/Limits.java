package dev.scientist.comparators;

import dev.scientist.OverBudgetException;

/** The limits that every comparison keeps. */
final class Limits {

    /** Levels of an answer; chosen: half of what Jackson 3 allows by default, and a third of the default stack. */
    static final int DEPTH = 250;

    /** Steps between two looks at the interrupt flag; chosen: often enough for a deadline in milliseconds. */
    static final int INTERRUPT_CHECK_MASK = 1_023;

    private Limits() {}

    /** Ends a comparison that is over its time: the engine interrupts it. The interrupt flag stays as it is. */
    static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new OverBudgetException("the comparison was interrupted");
        }
    }
}
