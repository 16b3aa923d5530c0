package dev.scientist.cutover;

import static dev.scientist.cutover.Sentences.confidence;
import static dev.scientist.cutover.Sentences.count;
import static dev.scientist.cutover.Sentences.percent;

import dev.scientist.cutover.Decision.Code;
import dev.scientist.cutover.Decision.Reason;
import dev.scientist.cutover.EvidenceSnapshot.NoisyPath;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;

/** Says at which places the primary is shown to differ from itself. Nothing is ever ignored for that. Immutable. */
final class VolatilePaths {

    private static final double MOSTLY = 0.5; // chosen: beyond it most pairs say nothing of the candidate there

    /** A place, and the rate of noise that it is shown to have at least. */
    private record Shown(NoisyPath path, double least) {}

    private final EvidenceSnapshot evidence;
    private final CutoverPolicy policy;
    private final int most;
    private final List<Shown> shown; // the noisiest first

    /**
     * Looks at the evidence once.
     *
     * @param most how many are told at most
     */
    VolatilePaths(EvidenceSnapshot evidence, CutoverPolicy policy, int most) {
        this.evidence = evidence;
        this.policy = policy;
        this.most = most;
        this.shown = shown();
    }

    /** The places at which nobody can see whether the candidate is right, and which nobody has waived. */
    List<Reason> unverified() {
        return shown.stream()
                .filter(shown -> shown.least > MOSTLY && !policy.waived().contains(shown.path.path()))
                .limit(most)
                .map(shown -> reason(
                        Code.UNVERIFIED_PATH,
                        shown,
                        "; whether the candidate is right there cannot be seen: say by a rule what does not matter, or waive "
                                + shown.path.path()))
                .toList();
    }

    /** The strata in which most pairs say nothing of the candidate, wherever the noise is. */
    List<Reason> unverifiedStrata() {
        return evidence.strata().stream()
                .filter(stratum ->
                        ConfidenceSequence.lower(stratum.paired(), stratum.better() + stratum.both(), policy.alpha())
                                > MOSTLY)
                .filter(stratum -> !policy.waived().contains(stratum.name()))
                .limit(most)
                .map(stratum -> new Reason(
                        Code.UNVERIFIED_PATH,
                        stratum.label(),
                        null,
                        evidence.subject(stratum.label()) + ": the primary differs from itself in "
                                + count(stratum.better() + stratum.both()) + " of " + count(stratum.paired())
                                + " calls that ran twice; whether the candidate is right cannot be seen in most of them: say "
                                + "by a rule what does not matter, or waive " + stratum.name()))
                .toList();
    }

    /** The places for which a rule is proposed. */
    List<Reason> proposed() {
        return shown.stream()
                .limit(most)
                .map(shown -> reason(
                        Code.VOLATILE_PATH,
                        shown,
                        "; the candidate differs there in " + count(shown.path.candidate())
                                + ": a rule may say that this does not matter"))
                .toList();
    }

    private List<Shown> shown() {
        long pairs = evidence.paired();
        return evidence.noisy().stream()
                .map(path -> new NoisyPath(path.path(), Math.min(path.primary(), pairs), path.candidate()))
                .map(path -> new Shown(path, ConfidenceSequence.lower(pairs, path.primary(), policy.alpha())))
                .filter(shown -> shown.least > 0)
                .sorted(Comparator.comparingDouble((Shown shown) -> -shown.least)
                        .thenComparing(shown -> shown.path.path()))
                .toList();
    }

    private Reason reason(Code code, Shown shown, String conclusion) {
        String place = shown.path.path().isEmpty() ? "as a whole" : "at " + shown.path.path();
        long pairs = evidence.paired();
        return new Reason(
                code,
                null,
                null,
                evidence.experiment() + ": the primary differs from itself " + place + " in "
                        + count(shown.path.primary()) + " of " + count(pairs) + " calls that ran twice ("
                        + percent((double) shown.path.primary() / pairs) + "), at least "
                        + percent(shown.least, RoundingMode.FLOOR) + " with " + confidence(policy.alpha())
                        + " confidence" + conclusion);
    }
}
