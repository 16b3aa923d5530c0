package dev.scientist.spring;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows how choices are written in properties and requests, and which name was most likely meant by a mistyped one.
 *
 * @since 0.1.0
 */
public final class Spelling {

    private Spelling() {}

    /** The form in which a choice is written: {@code SHADOW_TO_1_PERCENT} is {@code shadow-to-1-percent}. */
    public static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ENGLISH).replace('_', '-');
    }

    /** The known name that needs the fewest changes of a character; empty if every one needs too many. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ENGLISH);
        int most = most(name);
        String nearest = null;
        int fewest = most + 1;
        for (String each : known) {
            // the difference in length is the least number of changes
            if (Math.abs(each.length() - name.length()) < fewest) {
                int changes = distance(wanted, each.toLowerCase(Locale.ENGLISH));
                if (changes < fewest) {
                    fewest = changes;
                    nearest = each;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int most(String name) {
        return Math.max(2, name.length() / 3); // chosen: with more changes it is another word
    }

    /** The Levenshtein distance: insertions, deletions and replacements of one character. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
