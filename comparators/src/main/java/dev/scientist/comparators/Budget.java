package dev.scientist.comparators;

import dev.scientist.OverBudgetException;

/**
 * How much one comparison may spend on trying which elements of arrays in any order belong together. All such arrays of
 * the two documents share it, however they are nested. Confined to one thread, for one comparison.
 */
final class Budget {

    /** Looks at two parts of the documents; chosen: some tenths of a second. Where elements are equal, few are spent. */
    static final int LOOKS = 4_000_000;

    private int spent;

    /** One more look. */
    void spend() {
        if (++spent > LOOKS) {
            throw new OverBudgetException("arrays in any order, under rules that let their elements differ, went"
                    + " over the limit of " + LOOKS + " looks at pairs of elements");
        }
        if ((spent & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
    }

    /** How many looks there were. */
    int spent() {
        return spent;
    }
}
