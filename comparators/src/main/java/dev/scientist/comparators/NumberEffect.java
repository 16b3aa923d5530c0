package dev.scientist.comparators;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Lets two numbers differ. Numbers in text are text. */
interface NumberEffect extends Effect {

    boolean areAlike(BigDecimal primary, BigDecimal candidate);

    @Override
    default boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return primary instanceof BigDecimal number
                && candidate instanceof BigDecimal other
                && Numbers.isWithinLimit(number) // a tree of the application's can hold others
                && Numbers.isWithinLimit(other)
                && areAlike(number, other);
    }

    /**
     * Lets numbers differ by an amount, the limit included.
     *
     * @param limit 0 or more
     */
    record Absolute(BigDecimal limit) implements NumberEffect {

        static Absolute of(String limit) {
            try {
                return of(new BigDecimal(limit));
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException("must have a decimal number as its limit", noNumber);
            }
        }

        static Absolute of(BigDecimal limit) {
            if (limit.signum() < 0) {
                throw new IllegalArgumentException("must have a limit of 0 or more");
            }
            return new Absolute(limit);
        }

        @Override
        public boolean areAlike(BigDecimal primary, BigDecimal candidate) {
            return primary.subtract(candidate).abs().compareTo(limit) <= 0;
        }
    }

    /**
     * Lets numbers differ by a share of the primary's number, the limit included.
     *
     * @param share 0 or more and less than 1
     */
    record Relative(BigDecimal share) implements NumberEffect {

        static Relative of(double share) {
            if (!(share >= 0 && share < 1)) { // also catches NaN
                throw new IllegalArgumentException(
                        "must have a share of 0 or more and less than 1: 0.01 is one per cent");
            }
            return new Relative(BigDecimal.valueOf(share));
        }

        @Override
        public boolean areAlike(BigDecimal primary, BigDecimal candidate) {
            BigDecimal limit = primary.abs().multiply(share);
            return primary.subtract(candidate).abs().compareTo(limit) <= 0;
        }
    }

    /**
     * Lets numbers differ in the digits that rounding takes away.
     *
     * @param digits after the point
     * @param rounding how both are rounded
     */
    record Scale(int digits, RoundingMode rounding) implements NumberEffect {

        private static final int MOST = 100; // chosen: beyond it rounding is no rounding, and numbers grow

        static Scale of(int digits, RoundingMode rounding) {
            if (Math.abs(digits) > MOST) {
                throw new IllegalArgumentException("must have between -" + MOST + " and " + MOST + " digits");
            }
            if (rounding == RoundingMode.UNNECESSARY) {
                throw new IllegalArgumentException("must have a mode that rounds");
            }
            return new Scale(digits, rounding);
        }

        @Override
        public boolean areAlike(BigDecimal primary, BigDecimal candidate) {
            return primary.setScale(digits, rounding).compareTo(candidate.setScale(digits, rounding)) == 0;
        }
    }
}
