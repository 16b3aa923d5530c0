package dev.scientist.comparators;

import dev.scientist.OverBudgetException;

/**
 * Limits how often one comparison may try whether elements of arrays in any order belong together. All such arrays of
 * the two documents share the budget, however they are nested. Confined to one thread, for one comparison.
 */
final class Budget {

    /** The most looks at two parts of the documents; chosen: some tenths of a second. Equal elements take few looks. */
    static final int LOOKS = 4_000_000;

    private int spent;

    /** Counts one more look. */
    void spend() {
        if (++spent > LOOKS) {
            throw new OverBudgetException("arrays in any order, under rules that let their elements differ, went"
                    + " over the limit of " + LOOKS + " looks at pairs of elements");
        }
        if ((spent & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
    }

    /** The number of looks so far. */
    int spent() {
        return spent;
    }
}
