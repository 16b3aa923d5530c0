package dev.scientist.comparators;

import java.util.Set;
import java.util.TreeSet;
import net.javacrumbs.jsonunit.core.Option;

/**
 * The options of json-unit that hold in the whole document, beside the rules. The primary's document is the one that
 * json-unit expects, and the candidate's is the one that it finds.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 *
 * @param extraFields whether the candidate's objects may have more fields
 * @param extraItems whether the candidate's arrays may have more elements; in order these come last
 * @param nullFields whether the candidate may have null where the primary has no field
 * @param values whether only the types of values matter
 */
record Leniency(boolean extraFields, boolean extraItems, boolean nullFields, boolean values) {

    static final Leniency NONE = new Leniency(false, false, false, false);

    /**
     * Adds options to these; the order of arrays is a rule instead.
     *
     * @throws IllegalArgumentException if one is about reports
     */
    Leniency and(Set<Option> options) {
        for (Option option : options) {
            if (option == Option.FAIL_FAST || option == Option.REPORTING_DIFFERENCE_AS_NORMALIZED_STRING) {
                throw new IllegalArgumentException("option must be about what is equal but was " + option
                        + "; maxDifferences(1) ends at the first difference");
            }
        }
        return new Leniency(
                extraFields || options.contains(Option.IGNORING_EXTRA_FIELDS),
                extraItems || options.contains(Option.IGNORING_EXTRA_ARRAY_ITEMS),
                nullFields || options.contains(Option.TREATING_NULL_AS_ABSENT),
                values || options.contains(Option.IGNORING_VALUES));
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** The options as json-unit calls them. */
    @Override
    public String toString() {
        Set<Option> options = new TreeSet<>();
        if (extraFields) {
            options.add(Option.IGNORING_EXTRA_FIELDS);
        }
        if (extraItems) {
            options.add(Option.IGNORING_EXTRA_ARRAY_ITEMS);
        }
        if (nullFields) {
            options.add(Option.TREATING_NULL_AS_ABSENT);
        }
        if (values) {
            options.add(Option.IGNORING_VALUES);
        }
        return options.toString();
    }
}
