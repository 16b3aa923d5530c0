package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the candidate write a value in other words. Numbers and truth values are looked up by their text: {@code 1.0} as
 * {@code "1"}.
 *
 * @param primaryOf gives the primary's word for each of the candidate's words
 */
record ValueMap(Map<String, String> primaryOf) implements Effect {

    private static final int LONGEST = 100; // chosen: a number with more decimal places is no word for anything

    static ValueMap of(Map<String, String> primaryOf) {
        if (primaryOf.isEmpty()) {
            throw new IllegalArgumentException("must map one word at least");
        }
        return new ValueMap(Map.copyOf(primaryOf));
    }

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        String word = word(candidate);
        String translated = word == null ? null : primaryOf.get(word);
        return translated != null && translated.equals(word(primary));
    }

    private static @Nullable String word(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) <= LONGEST
                    ? number.stripTrailingZeros().toPlainString()
                    : null;
        }
        return value instanceof String || value instanceof Boolean ? value.toString() : null;
    }
}
