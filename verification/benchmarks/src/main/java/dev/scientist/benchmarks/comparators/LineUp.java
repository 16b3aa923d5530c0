package dev.scientist.benchmarks.comparators;

import java.util.List;

/**
 * The contenders and the cases that they compare. An implementation needs a constructor without parameters, because
 * each {@link WorkerProcess} creates it again.
 */
interface LineUp {

    /** The contenders in the order in which reports list them; each name occurs once. */
    List<Contender<?>> contenders();

    /** The cases, in ascending size within a family; the same in every process. */
    List<Case> cases();
}
