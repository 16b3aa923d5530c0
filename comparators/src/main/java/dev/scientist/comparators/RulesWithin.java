package dev.scientist.comparators;

import java.util.Collection;

/** Something that compares parts of answers by other comparators, whose rules are therefore its own. */
interface RulesWithin {

    /** Returns the comparators by which it compares parts. */
    Collection<?> comparators();

    /** Returns the path of these parts, with {@code *} for an index; empty for whole answers. */
    String place();
}
