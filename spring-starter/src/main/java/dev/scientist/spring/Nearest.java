package dev.scientist.spring;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody who mistyped another most likely meant. */
final class Nearest {

    private Nearest() {}

    /** The known name that takes the fewest changes of a letter; nothing where all would take too many. */
    static Optional<String> to(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ENGLISH);
        int most = most(name);
        String nearest = null;
        int fewest = most + 1;
        for (String each : known) {
            if (Math.abs(each.length() - name.length()) < fewest) { // what it takes at least
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
        return Math.max(2, name.length() / 3); // chosen: more than that is another word
    }

    /** Levenshtein's: insertions, deletions and replacements of one character. */
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
