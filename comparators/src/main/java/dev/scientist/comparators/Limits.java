package dev.scientist.comparators;

import dev.scientist.OverBudgetException;

/** The limits that every comparison keeps. */
final class Limits {

    /** Levels of an answer; chosen: half of what Jackson 3 allows by default, and a third of the default stack. */
    static final int DEPTH = 250;

    /** Steps between two looks at the interrupt flag; chosen: often enough for a deadline in milliseconds. */
    static final int INTERRUPT_CHECK_MASK = 1_023;

    /** The differences after which a report ends by default; chosen: more than anyone reads of one call. */
    static final int DEFAULT_MAX_DIFFERENCES = 100;

    private Limits() {}

    /** Checks a limit that a user sets. */
    static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
        }
        return value;
    }

    /** Ends a comparison that is over its time: the engine interrupts it. The interrupt flag stays as it is. */
    static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new OverBudgetException("the comparison was interrupted");
        }
    }
}
