package dev.scientist;

import dev.scientist.ExperimentSettings.Halving;
import dev.scientist.ExperimentSettings.Halving.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far adaptive sampling has lowered the share of sampled calls below the sample rate. Immutable.
 *
 * @param most the largest share: 1, or less if some calls are reserved as controls for the sampled ones
 * @param halvings how often it was halved since somebody set the rate
 * @param last the last halving, or null
 */
record Adaptation(double most, int halvings, @Nullable Halving last) {

    /** The adaptation of an experiment whose share is always its rate. */
    static final Adaptation NONE = new Adaptation(1, 0, null);

    private static final int MOST_HALVINGS = 10; // chosen: about a thousandth is left, enough to be seen

    /** Returns an adaptation with no halving and a largest share. */
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
