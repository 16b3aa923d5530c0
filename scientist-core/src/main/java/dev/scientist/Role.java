package dev.scientist;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run is of, a candidate or the primary once more, and what follows from that. Read on workers only.
 *
 * @param index of the candidate among those of its experiment; a number that none has where it is no candidate
 * @param name what a trial calls it
 */
record Role(int index, String name) {

    /** The primary's second run. */
    static final Role REPLICATE = new Role(-1, Trial.REPLICATE);

    /** The roles of an experiment's candidates, in order. */
    static List<Role> ofCandidates(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(index -> new Role(index, names.get(index)))
                .toList();
    }

    /** Whether it is what the experiment is about: it has a verdict, and is counted. */
    boolean isCandidate() {
        return index >= 0;
    }

    /** Whether guards may refuse it, and are told how it went. How the primary does is no guard's business. */
    boolean mayBeGuarded() {
        return isCandidate();
    }

    /**
     * Whether its thread may be interrupted when it is late. What the primary works with may be what callers are using, such as
     * a channel, which an interrupt would close.
     */
    boolean mayBeInterrupted() {
        return isCandidate();
    }
}
