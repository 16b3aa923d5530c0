package dev.scientist.samples.markdown;

/**
 * The counts of the candidate at one moment of the run.
 *
 * @param compared the number of calls compared so far
 * @param bad how many of them were bad
 */
record RatePoint(long compared, long bad) {

    double rate() {
        return (double) bad / compared;
    }
}
