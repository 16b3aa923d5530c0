package dev.scientist;

import dev.scientist.ExperimentSettings.Halving;
import dev.scientist.ExperimentSettings.Halving.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the share of sampled calls is below the sample rate. Immutable.
 *
 * @param most the largest share: 1, or less where some calls are kept to hold the sampled ones against
 * @param halvings how often it was halved since somebody set the rate
 * @param last the last time it was
 */
record Adaptation(double most, int halvings, @Nullable Halving last) {

    /** Of an experiment whose share is its rate. */
    static final Adaptation NONE = new Adaptation(1, 0, null);

    private static final int MOST_HALVINGS = 10; // chosen: about a thousandth is left, by which it can be seen to go on

    /** Until it is halved, at most so large a share. */
    static Adaptation upTo(double most) {
        return new Adaptation(most, 0, null);
    }

    double share(double rate) {
        return Math.scalb(Math.min(rate, most), -halvings);
    }

    Adaptation restored() {
        return upTo(most);
    }

    boolean canBeHalved(double rate) {
        return halvings < MOST_HALVINGS && rate > 0;
    }

    Adaptation halved(double rate, Cause cause, Instant at, String sentence) {
        double from = share(rate);
        return new Adaptation(most, halvings + 1, new Halving(cause, at, from, from / 2, sentence));
    }
}
