package dev.scientist.decision;

import static dev.scientist.decision.Sentences.confidence;
import static dev.scientist.decision.Sentences.count;
import static dev.scientist.decision.Sentences.duration;
import static dev.scientist.decision.Sentences.percent;
import static dev.scientist.decision.Sentences.written;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.Decision.Subject;
import dev.scientist.decision.Pairs.Place;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a rate of bad calls is below its threshold. This is asked for every stratum in every decision, so only
 * the result is computed at once; the {@linkplain #reason reason} is computed when it is needed. Immutable.
 *
 * @param subject the class of calls that count as bad
 * @param place the place, for the excess at one place; null for the answer with all its places
 * @param n the comparisons; for an excess those in which the primary ran twice
 * @param worse the bad ones; for an excess those in which only the candidate differed
 * @param better for an excess those in which only the primary's second answer differed, otherwise 0
 * @param limit the rate that is tolerated
 * @param alpha the probability of being wrong
 * @param alphaOfFailing the probability of being wrong when the result is FAIL
 */
record RateQuestion(
        Subject subject,
        @Nullable String place,
        long n,
        long worse,
        long better,
        Limit limit,
        double alpha,
        double alphaOfFailing) {

    private static final double SECONDS_A_DAY = 86_400;
    private static final long MOST = 1_000_000_000_000L; // in comparisons; up to this number doubles are exact enough

    /**
     * The rate that is tolerated, and the bets against it, which many questions share. Immutable.
     *
     * @param rate the rate, a share
     * @param below the bets against "the rate is at least this"
     * @param above the bets against "the rate is at most this"
     * @param excessAbove the bets against "the mean excess is at most this"
     */
    record Limit(double rate, Bets.Odds below, Bets.Odds above, Bets.Odds excessAbove) {

        static Limit of(double rate) {
            return new Limit(rate, Bets.BELOW.at(rate), Bets.ABOVE.at(rate), Bets.EXCESS_ABOVE.at(rate));
        }
    }

    /** The result: the rate is below its threshold, it is above it, or neither is known. */
    enum Result {
        PASS,
        FAIL,
        UNDECIDED
    }

    /**
     * The result of the question.
     *
     * @param lnBelow the result of {@link #lnBelow()}
     */
    Result result(double lnBelow) {
        double enough = ConfidenceSequence.enough(alpha);
        if (lnBelow >= enough) {
            return Result.PASS;
        }
        // An observed rate within the limit is no evidence of a rate above it.
        boolean cannotFail = worse - better <= n * limit.rate();
        return cannotFail || lnAbove() < ConfidenceSequence.enough(alphaOfFailing) ? Result.UNDECIDED : Result.FAIL;
    }

    double lnBelow() {
        return limit.below().lnWon(worse, better, n);
    }

    private double lnAbove() {
        return isExcess()
                ? limit.excessAbove().lnWon(better, worse, n)
                : limit.above().lnWon(-worse, 0, n);
    }

    /**
     * The reason for a result, with the numbers.
     *
     * @param evidence the evidence from which the counts come
     * @param stratum the stratum; null for all calls
     * @param perSecond the number of these comparisons per second; 0 if it is not known
     */
    Reason reason(Result result, EvidenceSnapshot evidence, @Nullable String stratum, double perSecond) {
        Rate rate = rate(result, perSecond);
        Code code = switch (result) {
            case PASS -> Code.RATE_BELOW;
            case FAIL -> Code.RATE_ABOVE;
            case UNDECIDED -> Code.RATE_UNDECIDED;
        };
        String sentence =
                evidence.subject(stratum) + " " + found(rate) + known(result, rate) + needed(result, rate, perSecond);
        return new Reason(code, stratum, rate, sentence);
    }

    /** The numbers of the reason. */
    Rate rate(Result result, double perSecond) {
        long k = worse - better;
        long missing = result == Result.UNDECIDED ? missing() : 0;
        Rate.Builder rate = Rate.builder(subject, n, k)
                .tolerated(limit.rate(), alpha)
                .lnE(lnBelow())
                .missing(missing, result == Result.UNDECIDED ? missingAtRate() : Long.valueOf(0))
                .time(perSecond > 0 ? Duration.ofSeconds((long) Math.ceil(missing / perSecond)) : null);
        if (!isExcess()) {
            rate.bounds(ConfidenceSequence.lower(n, worse, alpha), ConfidenceSequence.upper(n, worse, alpha));
        }
        return rate.build();
    }

    private String found(Rate rate) {
        if (isExcess()) {
            String noise = isTold() ? ", and the primary alone from itself in " + count(better) + "," : "";
            return alone() + " in " + count(worse) + noise + " of " + count(n) + " calls that ran twice ("
                    + percent(rate.value()) + ")";
        }
        return subject.verb() + " in " + count(worse) + " of " + count(n) + " (" + percent(rate.value()) + ")";
    }

    /** Whether the primary's noise counts at the place, so that it is mentioned. */
    private boolean isTold() {
        return !Place.BEYOND.equals(place) && !Place.ELSEWHERE.equals(place);
    }

    private String alone() {
        if (place == null) {
            return subject.verb();
        }
        return switch (place) {
            case Place.FAILED -> "fails alone";
            case Place.LATE -> "is late alone";
            case Place.BEYOND -> "differs alone at places beyond the number of those that are told apart";
            case Place.ELSEWHERE -> "differs alone at any other place";
            case "" -> "differs alone as a whole";
            default -> subject.verb() + " at " + place;
        };
    }

    private String known(Result result, Rate rate) {
        String sure = " with " + confidence(alpha) + " confidence at any time, ";
        String needed = written(limit.rate()) + (result == Result.FAIL ? " is tolerated" : " is needed");
        if (rate.upper() == null || rate.lower() == null) {
            return switch (result) {
                case PASS -> "; the true excess is below " + written(limit.rate()) + sure + needed;
                case FAIL -> "; the true excess is above " + written(limit.rate()) + sure + needed;
                case UNDECIDED -> "; " + needed;
            };
        }
        return result == Result.FAIL
                ? "; the true rate is above " + percent(rate.lower(), RoundingMode.FLOOR) + sure + needed
                : "; the true rate is below " + percent(rate.upper(), RoundingMode.CEILING) + sure + needed;
    }

    private String needed(Result result, Rate rate, double perSecond) {
        if (result != Result.UNDECIDED) {
            return "";
        }
        String time = rate.time() == null ? "" : ", " + duration(rate.time()) + " at " + pace(perSecond);
        String atRate = worse == 0 || rate.missingAtRate() == null || rate.missingAtRate() == rate.missing()
                ? ""
                : ", " + count(rate.missingAtRate()) + " if as many differ as before";
        String never = rate.missingAtRate() == null ? ", never if as many differ as before" : atRate;
        return "; " + count(rate.missing()) + (isExcess() ? " more calls that run twice" : " more comparisons")
                + " if all are equal" + time + never;
    }

    private static String pace(double perSecond) {
        if (perSecond < 0.05) {
            return count(Math.round(perSecond * SECONDS_A_DAY)) + " per day";
        }
        return (perSecond < 10 ? Double.toString(Math.round(perSecond * 10) / 10.0) : count(Math.round(perSecond)))
                + " per second";
    }

    /** The least number of further comparisons that are enough if all are equal. */
    private long missing() {
        double enough = ConfidenceSequence.enough(alpha);
        return first(more -> limit.below().lnWon(worse, better, n + more) >= enough);
    }

    /**
     * The least number of further comparisons that are enough if as large a share is bad as before; null if no number
     * is.
     */
    private @Nullable Long missingAtRate() {
        if (n == 0) {
            return missing();
        }
        if (worse - better >= n * limit.rate()) {
            return null;
        }
        double enough = ConfidenceSequence.enough(alpha);
        long more = first(added -> {
            double factor = 1 + (double) added / n;
            return limit.below().lnWon((long) Math.ceil(worse * factor), (long) (better * factor), n + added) >= enough;
        });
        return more > MOST ? null : more;
    }

    private boolean isExcess() {
        return subject == Subject.EXCESS;
    }

    /** The first number that fulfils a monotone condition; more than {@link #MOST} if none does. */
    private static long first(LongPredicate holds) {
        long to = 1;
        while (!holds.test(to)) {
            if (to > MOST) {
                return to;
            }
            to *= 2;
        }
        return BinarySearch.first(to / 2, to, holds);
    }
}
