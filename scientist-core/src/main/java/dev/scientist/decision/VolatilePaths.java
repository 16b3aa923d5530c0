package dev.scientist.decision;

import static dev.scientist.decision.Sentences.confidence;
import static dev.scientist.decision.Sentences.count;
import static dev.scientist.decision.Sentences.percent;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.Pairs.Place;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;

/**
 * Reports the places at which the primary is shown to differ from itself. No difference is ignored because of that.
 * Immutable.
 */
final class VolatilePaths {

    private static final double MOSTLY = 0.5; // chosen: above it most pairs say nothing about the candidate there

    /** A place, and the lower bound of its rate of noise. */
    private record Shown(Place place, double least) {}

    private final EvidenceSnapshot evidence;
    private final DecisionPolicy policy;
    private final int most;
    private final Pairs pairs;
    private final List<Shown> shown; // the noisiest first

    /**
     * Finds the places.
     *
     * @param most the maximum number of places to report
     */
    VolatilePaths(EvidenceSnapshot evidence, DecisionPolicy policy, int most) {
        this.evidence = evidence;
        this.policy = policy;
        this.most = most;
        this.pairs = evidence.pairs(stratum -> !policy.isWaived(stratum.name()));
        this.shown = shown();
    }

    /** The places at which it cannot be seen whether the candidate is right. */
    List<Reason> unverified() {
        return shown.stream()
                .filter(shown -> shown.least > MOSTLY)
                .limit(most)
                .map(shown -> reason(
                        Code.UNVERIFIED_PATH,
                        shown,
                        "; whether the candidate is right there cannot be seen: say by a rule what does not matter"))
                .toList();
    }

    /** The places for which a rule is proposed. */
    List<Reason> proposed() {
        return shown.stream()
                .limit(most)
                .map(shown -> reason(
                        Code.VOLATILE_PATH,
                        shown,
                        "; the candidate differs there in "
                                + count(shown.place.any().candidate())
                                + ": a rule may say that this does not matter"))
                .toList();
    }

    private List<Shown> shown() {
        return pairs.places().stream()
                .filter(place -> place.isInAnswers() && place.any().primary() > 0)
                .map(place -> new Shown(
                        place, ConfidenceSequence.lower(pairs.n(), place.any().primary(), policy.alpha())))
                .filter(shown -> shown.least > 0)
                .sorted(Comparator.comparingDouble((Shown shown) -> -shown.least)
                        .thenComparing(shown -> shown.place.path()))
                .toList();
    }

    private Reason reason(Code code, Shown shown, String conclusion) {
        String place = shown.place.path().isEmpty() ? "as a whole" : "at " + shown.place.path();
        return new Reason(
                code,
                null,
                null,
                evidence.experiment() + ": the primary differs from itself " + place + " in "
                        + count(shown.place.any().primary()) + " of " + count(pairs.n()) + " calls that ran twice ("
                        + percent((double) shown.place.any().primary() / pairs.n()) + "), at least "
                        + percent(shown.least, RoundingMode.FLOOR) + " with " + confidence(policy.alpha())
                        + " confidence" + conclusion);
    }
}
