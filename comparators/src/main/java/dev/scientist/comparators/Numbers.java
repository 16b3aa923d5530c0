package dev.scientist.comparators;

import java.math.BigDecimal;
import net.javacrumbs.jsonunit.core.NumberComparator;
import org.jspecify.annotations.Nullable;

/**
 * Compares numbers by value: 1, 1.0 and 1e0 are equal, whatever class a parser made of them. With a tolerance, numbers
 * are equal that differ by no more than it. (json-unit's own default also compares the number of decimal places.)
 */
final class Numbers implements NumberComparator {

    static final Numbers BY_VALUE = new Numbers();

    private Numbers() {}

    @Override
    public boolean compare(BigDecimal expected, BigDecimal actual, @Nullable BigDecimal tolerance) {
        return tolerance == null
                ? expected.compareTo(actual) == 0
                : expected.subtract(actual).abs().compareTo(tolerance) <= 0;
    }
}
