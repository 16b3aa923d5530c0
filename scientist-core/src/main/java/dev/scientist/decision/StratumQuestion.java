package dev.scientist.decision;

import static dev.scientist.decision.Sentences.count;
import static dev.scientist.decision.Sentences.percent;
import static dev.scientist.decision.Sentences.written;

import dev.scientist.Difference.Severity;
import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.Decision.Subject;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.RateQuestion.Limit;
import dev.scientist.decision.RateQuestion.Result;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for each stratum whether the candidate is good enough there.
 *
 * <p>If the primary runs twice in some calls, this can be shown in two ways, each with half of alpha, so that either
 * may be chosen after looking at the data. The first way: few of all calls are bad. The second way: in the calls that
 * ran twice, the candidate hardly ever differs beyond the primary's own noise, in the answer as a whole and at every
 * place, so that less noise at one place does not offset a defect at another. Immutable.
 */
final class StratumQuestion {

    private static final double MOSTLY = 0.5; // chosen: above it most pairs say nothing about the candidate

    /**
     * The answer about one stratum, with the question that decides it.
     *
     * @param isSound whether the stratum passes, and neither noise nor missing pairs make that doubtful
     */
    record StratumAnswer(Stratum stratum, RateQuestion question, Result result, double lnE, boolean isSound) {}

    private final EvidenceSnapshot evidence;
    private final DecisionPolicy policy;
    private final Limit majorLimit;
    private final Limit minorLimit;
    private final double alpha; // for each of the two ways to show the same

    StratumQuestion(EvidenceSnapshot evidence, DecisionPolicy policy) {
        this.evidence = evidence;
        this.policy = policy;
        this.majorLimit = Limit.of(policy.threshold(Severity.MAJOR));
        this.minorLimit = Limit.of(policy.threshold(Severity.MINOR));
        this.alpha = evidence.replicated() ? policy.alpha() / 2 : policy.alpha();
    }

    /** The question that decides a stratum: the first one that fails, or else the first one that is undecided. */
    StratumAnswer ask(Stratum stratum) {
        List<StratumAnswer> answers = new ArrayList<>(3);
        answers.add(ask(stratum, Severity.MAJOR));
        // The further questions are left out where they pass if the first one does: no more calls are bad than there,
        // at a threshold that is not lower.
        if (stratum.minor() > 0 || hidesMinor(stratum.pairs())) {
            answers.add(ask(stratum, Severity.MINOR));
        }
        if (stratum.uncompared() > (evidence.replicated() ? 0 : stratum.bad(Severity.MAJOR))) {
            answers.add(rate(Subject.UNCOMPARED, stratum, stratum.uncompared(), majorLimit, policy.alpha()));
        }
        return first(answers);
    }

    /** The reasons for strata in which most pairs say nothing about the candidate, and that are not waived. */
    List<Reason> unverified(List<Stratum> strata, int most) {
        return strata.stream()
                .filter(this::isMostlyNoise)
                .filter(stratum -> !policy.isWaived(stratum.name()))
                .limit(most)
                .map(stratum -> new Reason(
                        Code.UNVERIFIED_PATH,
                        stratum.label(),
                        null,
                        evidence.subject(stratum.label()) + ": the primary differs from itself in "
                                + count(stratum.pairs().any().primary()) + " of "
                                + count(stratum.pairs().n())
                                + " calls that ran twice; whether the candidate is right cannot be seen in most of them: say "
                                + "by a rule what does not matter" + waiver(stratum)))
                .toList();
    }

    /** The reasons for strata that do not pass because too many of their pairs are missing, and that are not waived. */
    List<Reason> incompletePairs(List<StratumAnswer> answers, int most) {
        return answers.stream()
                .filter(one -> one.result() != Result.FAIL && !one.isSound())
                .map(StratumAnswer::stratum)
                .filter(stratum -> !isComplete(stratum) && !policy.isWaived(stratum.name()))
                .limit(most)
                .map(stratum -> new Reason(
                        Code.INCOMPLETE,
                        stratum.label(),
                        null,
                        evidence.subject(stratum.label()) + " could hold the primary against itself in "
                                + count(stratum.pairs().n()) + " of "
                                + count(stratum.pairs().n() + stratum.pairs().missed()) + " calls ("
                                + percent(share(stratum.pairs()), RoundingMode.FLOOR) + ") that were to run it twice, "
                                + written(policy.completeness())
                                + " is needed, because they are not missed at random; where there was no permit raise maxConcurrent,"
                                + " where they were late candidateTimeout; one that fails makes no pair"))
                .toList();
    }

    /** The advice to waive a stratum; none if it is the only one, because another one must pass. */
    private String waiver(Stratum stratum) {
        return policy.step().isLast() && stratum.label() != null ? ", or waive " + stratum.name() : "";
    }

    private StratumAnswer ask(Stratum stratum, Severity severity) {
        Subject subject = severity == Severity.MINOR ? Subject.MINOR : Subject.MAJOR;
        StratumAnswer plain = rate(subject, stratum, stratum.bad(severity), limit(severity), alpha);
        if (!evidence.replicated() || plain.result() == Result.PASS) {
            return plain;
        }
        if (plain.result() == Result.FAIL && isBeyondNoise(stratum, severity)) {
            return plain;
        }
        StratumAnswer paired = paired(stratum, severity);
        boolean isNoisy = stratum.pairs().split(severity).primary() > 0;
        return isNoisy || paired.result() != Result.UNDECIDED ? paired : undecided(plain);
    }

    /**
     * Whether calls that count by a graver difference, which may be the primary's noise, also have minor differences.
     */
    private static boolean hidesMinor(Pairs pairs) {
        return pairs.places().stream()
                .anyMatch(place -> place.any().worse() > place.grave().worse());
    }

    /**
     * The answer from the calls that ran twice: for the answers as a whole, and at every place. At the common place for
     * all places beyond the maximum number, noise at one of them might offset a difference at another. So noise does
     * not count there, and the place cannot fail.
     */
    private StratumAnswer paired(Stratum stratum, Severity severity) {
        Pairs pairs = stratum.pairs();
        List<StratumAnswer> answers = new ArrayList<>();
        answers.add(excess(stratum, null, pairs.split(severity), severity));
        for (Place place : pairs.places()) {
            Split split = place.split(severity);
            if (split.worse() > 0) {
                answers.add(
                        place.path().equals(Place.BEYOND)
                                ? undecided(excess(stratum, place.path(), new Split(split.worse(), 0, 0), severity))
                                : excess(stratum, place.path(), split, severity));
            }
        }
        // Also test an unseen place with no difference: otherwise a noisy place could offset a defect elsewhere.
        answers.add(excess(stratum, Place.ELSEWHERE, Split.NONE, severity));
        return first(answers);
    }

    /** Whether it is shown that more calls are bad than the tolerated rate plus the greatest possible noise. */
    private boolean isBeyondNoise(Stratum stratum, Severity severity) {
        Pairs pairs = stratum.pairs();
        double noise = ConfidenceSequence.upper(pairs.n(), pairs.split(severity).primary(), alpha);
        return ConfidenceSequence.lower(stratum.n(), stratum.bad(severity), alpha)
                > limit(severity).rate() + noise;
    }

    private StratumAnswer excess(Stratum stratum, @Nullable String place, Split split, Severity severity) {
        // All must pass, but a single one that fails is enough to fail, so all share the probability of failing by
        // chance.
        int others = evidence.strata().size() * (place == null ? 1 : PlaceCounts.MOST_PLACES);
        return answer(
                stratum,
                new RateQuestion(
                        Subject.EXCESS,
                        place,
                        stratum.pairs().n(),
                        split.worse(),
                        split.better(),
                        limit(severity),
                        alpha,
                        alpha / others));
    }

    private StratumAnswer rate(Subject subject, Stratum stratum, long k, Limit limit, double ofBeingWrong) {
        return answer(stratum, new RateQuestion(subject, null, stratum.n(), k, 0, limit, ofBeingWrong, ofBeingWrong));
    }

    private StratumAnswer answer(Stratum stratum, RateQuestion question) {
        double lnE = question.lnBelow();
        Result result = question.result(lnE);
        boolean isSound = result == Result.PASS
                && !isMostlyNoise(stratum)
                && (question.subject() != Subject.EXCESS || isComplete(stratum));
        return new StratumAnswer(stratum, question, result, lnE, isSound);
    }

    /** Turns FAIL into UNDECIDED, because the differences may be the primary's own noise. */
    private static StratumAnswer undecided(StratumAnswer answer) {
        return answer.result() != Result.FAIL
                ? answer
                : new StratumAnswer(answer.stratum(), answer.question(), Result.UNDECIDED, answer.lnE(), false);
    }

    /**
     * The first answer that fails; otherwise the first that is undecided, otherwise the first that is not sound, or
     * any.
     */
    private static StratumAnswer first(List<StratumAnswer> answers) {
        StratumAnswer undecided = null;
        StratumAnswer unsound = null;
        for (StratumAnswer one : answers) {
            if (one.result() == Result.FAIL) {
                return one;
            }
            if (undecided == null && one.result() == Result.UNDECIDED) {
                undecided = one;
            }
            if (unsound == null && !one.isSound()) {
                unsound = one;
            }
        }
        if (undecided != null) {
            return undecided;
        }
        return unsound != null ? unsound : answers.get(0);
    }

    private boolean isMostlyNoise(Stratum stratum) {
        Pairs pairs = stratum.pairs();
        return pairs.any().primary() > 0
                && ConfidenceSequence.lower(pairs.n(), pairs.any().primary(), policy.alpha()) > MOSTLY;
    }

    private boolean isComplete(Stratum stratum) {
        return stratum.pairs().missed() == 0 || share(stratum.pairs()) >= policy.completeness();
    }

    private static double share(Pairs pairs) {
        return pairs.n() / ((double) pairs.n() + pairs.missed());
    }

    private Limit limit(Severity severity) {
        return severity == Severity.MINOR ? minorLimit : majorLimit;
    }
}
