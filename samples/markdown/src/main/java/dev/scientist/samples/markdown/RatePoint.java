package dev.scientist.samples.markdown;

/**
 * How the candidate stood at one moment of the run.
 *
 * @param compared calls compared so far
 * @param bad how many of them were bad
 */
record RatePoint(long compared, long bad) {

    double rate() {
        return (double) bad / compared;
    }
}
