package dev.scientist;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The role of a run, which executes a candidate or the primary a second time. It is read only on workers.
 *
 * @param index the candidate's index in its experiment; negative if this is not a candidate
 * @param name the name shown in a trial
 */
record Role(int index, String name) {

    /** The primary's second run. */
    static final Role REPLICATE = new Role(-1, Trial.REPLICATE);

    /** Returns the roles of an experiment's candidates, in order. */
    static List<Role> ofCandidates(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(index -> new Role(index, names.get(index)))
                .toList();
    }

    /** Whether this is a candidate, which gets a verdict and is counted. */
    boolean isCandidate() {
        return index >= 0;
    }

    /** Whether guards may refuse the run and are told its outcome. Guards have no say about the primary. */
    boolean mayBeGuarded() {
        return isCandidate();
    }

    /**
     * Whether its thread may be interrupted when it is late. The primary may share a resource with callers, such as a
     * channel, which an interrupt would close.
     */
    boolean mayBeInterrupted() {
        return isCandidate();
    }
}
