package dev.scientist.benchmarks.decision;

import java.util.SplittableRandom;

/**
 * A synthetic endpoint under parallel run. Each answer, of the primary, of its second run and of the candidate, is
 * disturbed with the same chance, independently; a disturbed answer equals no other. The candidate is wrong besides in a
 * share of the calls.
 *
 * @param disturbed the chance that one answer is disturbed
 * @param defect the share of calls in which the candidate is wrong
 */
record Endpoint(double disturbed, double defect) {

    /**
     * An endpoint by what one sees of it.
     *
     * @param noise the share of calls in which the primary differs from itself, 0 to less than 1
     * @param defect the share of calls in which the candidate is wrong
     */
    static Endpoint of(double noise, double defect) {
        return new Endpoint(1 - Math.sqrt(1 - noise), defect);
    }

    /** Adds calls to what was seen. */
    void call(int calls, SplittableRandom random, Seen seen) {
        for (int i = 0; i < calls; i++) {
            boolean primary = random.nextDouble() < disturbed;
            boolean candidateDiffers = primary || random.nextDouble() < disturbed || random.nextDouble() < defect;
            boolean secondDiffers = primary || random.nextDouble() < disturbed;
            seen.add(candidateDiffers, secondDiffers);
        }
    }

    /** What the rules look at. Not thread-safe. */
    static final class Seen {
        /** Requests. */
        long n;
        /** In how many the candidate differed from the primary. */
        long candidate;
        /** In how many the primary's second answer differed from its first. */
        long second;
        /** In how many the candidate differed and the second answer did not. */
        long worse;
        /** In how many the second answer differed and the candidate did not. */
        long better;

        void add(boolean candidateDiffers, boolean secondDiffers) {
            n++;
            candidate += candidateDiffers ? 1 : 0;
            second += secondDiffers ? 1 : 0;
            worse += candidateDiffers && !secondDiffers ? 1 : 0;
            better += secondDiffers && !candidateDiffers ? 1 : 0;
        }
    }
}
