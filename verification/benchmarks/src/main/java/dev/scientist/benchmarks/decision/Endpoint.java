package dev.scientist.benchmarks.decision;

import java.util.SplittableRandom;

/**
 * A synthetic endpoint under parallel run. Each answer of the primary, of its second run and of the candidate is
 * disturbed with the same chance, independently; a disturbed answer equals no other. In a share of the calls the
 * candidate is wrong as well.
 *
 * @param disturbed the chance that one answer is disturbed
 * @param defect the share of calls in which the candidate is wrong
 */
record Endpoint(double disturbed, double defect) {

    /**
     * An endpoint with a given noise.
     *
     * @param noise the share of calls in which the primary differs from itself, 0 to less than 1
     * @param defect the share of calls in which the candidate is wrong
     */
    static Endpoint of(double noise, double defect) {
        return new Endpoint(1 - Math.sqrt(1 - noise), defect);
    }

    /** Makes calls and counts them. */
    void call(int calls, SplittableRandom random, Seen seen) {
        for (int i = 0; i < calls; i++) {
            boolean primary = random.nextDouble() < disturbed;
            boolean candidateDiffers = primary || random.nextDouble() < disturbed || random.nextDouble() < defect;
            boolean secondDiffers = primary || random.nextDouble() < disturbed;
            seen.add(candidateDiffers, secondDiffers);
        }
    }

    /** The counts that the rules look at. This class is not thread-safe. */
    static final class Seen {
        /** All requests. */
        long n;
        /** The requests in which the candidate differed from the primary. */
        long candidate;
        /** The requests in which the primary's second answer differed from its first. */
        long second;
        /** The requests in which the candidate differed and the second answer did not. */
        long worse;
        /** The requests in which the second answer differed and the candidate did not. */
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
