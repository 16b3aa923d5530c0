package dev.scientist.benchmarks.comparators;

import java.util.List;
import java.util.Map;

/**
 * Who compares what.
 *
 * @param contenders by name
 * @param cases in ascending size
 */
record LineUp(Map<String, Contender> contenders, List<Case> cases) {

    /** Whoever holds a contest, and can be made once more in another process. */
    interface Source {

        LineUp lineUp();
    }
}
