package dev.scientist.comparators;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Turns the keys of maps into the names of fields. */
final class MapKeys {

    private static final int LONGEST = 100; // chosen: a number with more decimal places is no key

    private MapKeys() {}

    /** The name of a key that is a text, number or truth value to us; null for any other. */
    static @Nullable String name(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key == null || !Scalars.isScalar(key.getClass())) {
            return null;
        }
        Object plain = Scalars.plain(key);
        if (plain instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) <= LONGEST
                    ? number.stripTrailingZeros().toPlainString()
                    : null;
        }
        return plain.toString();
    }
}
