package dev.scientist.cutover;

import static dev.scientist.cutover.Sentences.count;
import static dev.scientist.cutover.Sentences.duration;
import static dev.scientist.cutover.Sentences.percent;
import static dev.scientist.cutover.Sentences.written;

import dev.scientist.Difference.Severity;
import dev.scientist.cutover.Decision.Code;
import dev.scientist.cutover.Decision.Kind;
import dev.scientist.cutover.Decision.Rate;
import dev.scientist.cutover.Decision.Reason;
import dev.scientist.cutover.Decision.Subject;
import dev.scientist.cutover.EvidenceSnapshot.Stratum;
import dev.scientist.cutover.RateQuestion.Limit;
import dev.scientist.cutover.RateQuestion.Result;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at the evidence: asks the gates in their order, and ends at the first that decides. Confined to one thread, for
 * one decision.
 */
final class Judgement {

    private static final int MOST_REASONS = 5; // of one kind; chosen: what a person reads, and bounds cost the most

    /** What one stratum came to: the question that decides it. */
    private record Found(Stratum stratum, RateQuestion question, Result result, double lnE) {}

    private final EvidenceSnapshot evidence;
    private final CutoverPolicy policy;
    private final long n;
    private final long total;
    private final Limit majorLimit;
    private final Limit minorLimit;

    Judgement(EvidenceSnapshot evidence, CutoverPolicy policy) {
        this.evidence = evidence;
        this.policy = policy;
        this.n = evidence.strata().stream().mapToLong(Stratum::n).sum();
        this.total = evidence.compared();
        this.majorLimit = Limit.of(policy.threshold(Severity.MAJOR));
        this.minorLimit = Limit.of(policy.threshold(Severity.MINOR));
    }

    Decision decide() {
        if (!policy.pinned().isEmpty()) {
            return hold(Code.PINNED, "it was pinned: " + policy.pinned());
        }
        Decision unusable = unusable();
        if (unusable != null) {
            return unusable;
        }
        List<Reason> broken = new Alarms(evidence, policy.rollback()).raised();
        List<Found> found = evidence.strata().stream().map(this::ask).toList();
        List<Reason> latency = policy.latency().quantiles().stream()
                .map(quantile -> new LatencyQuestion(evidence, policy.latency(), quantile, policy.alpha()).reason())
                .toList();
        broken.addAll(criticalSeen());
        broken.addAll(reasons(found, Result.FAIL));
        broken.addAll(worseWithoutPair());
        latency.stream().filter(reason -> reason.code() == Code.SLOWER).forEach(broken::add);
        if (!broken.isEmpty()) {
            return new Decision(policy.candidateServes() ? Kind.ROLLBACK : Kind.HOLD, broken);
        }
        VolatilePaths paths = new VolatilePaths(evidence, policy, MOST_REASONS);
        List<Reason> missing = new ArrayList<>(undecided(found));
        missing.addAll(paths.unverified());
        missing.addAll(paths.unverifiedStrata());
        latency.stream()
                .filter(reason -> reason.code() == Code.LATENCY_UNDECIDED)
                .forEach(missing::add);
        addSoak(missing);
        if (!missing.isEmpty()) {
            missing.addAll(paths.proposed());
            return new Decision(Kind.HOLD, missing);
        }
        List<Reason> shown = new ArrayList<>(reasons(found, Result.PASS));
        shown.addAll(latency);
        shown.addAll(paths.proposed());
        return new Decision(policy.step().isLast() ? Kind.PROMOTE : Kind.ADVANCE, shown);
    }

    /** The rate that decides each stratum, by its name. */
    SortedMap<String, Rate> rates() {
        SortedMap<String, Rate> rates = new TreeMap<>();
        for (Stratum stratum : evidence.strata()) {
            Found found = ask(stratum);
            rates.put(stratum.name(), found.question().rate(found.result(), perSecond(found)));
        }
        return Collections.unmodifiableSortedMap(rates);
    }

    /** Evidence from which nothing may be concluded, whatever it says. */
    private @Nullable Decision unusable() {
        String name = evidence.experiment();
        if (n == 0) {
            return hold(Code.NO_DATA, name + " was not compared yet" + shed());
        }
        if (evidence.epochs().size() != 1) {
            return hold(
                    Code.MIXED_VERSIONS,
                    name + " was counted under " + evidence.epochs().size()
                            + " combinations of versions and rules, of which none stands for another");
        }
        Duration age = Duration.between(evidence.until(), evidence.takenAt());
        if (age.compareTo(policy.maxAge()) > 0) {
            return hold(
                    Code.STALE,
                    name + " was compared last " + duration(age) + " ago, at most " + duration(policy.maxAge())
                            + " is allowed");
        }
        double complete = (double) total / (total + evidence.shed());
        if (complete < policy.completeness()) {
            return hold(
                    Code.INCOMPLETE,
                    name + " compared " + count(total) + " of " + count(total + evidence.shed()) + " calls ("
                            + percent(complete, RoundingMode.FLOOR) + ") that were to be compared, "
                            + written(policy.completeness())
                            + " is needed, because calls are not shed at random");
        }
        return null;
    }

    private String shed() {
        return evidence.shed() == 0 ? "" : "; " + count(evidence.shed()) + " calls that were to be compared were not";
    }

    private List<Reason> criticalSeen() {
        return evidence.strata().stream()
                .filter(stratum -> stratum.critical() > 0)
                .limit(MOST_REASONS)
                .map(stratum -> new Reason(
                        Code.CRITICAL_SEEN,
                        stratum.label(),
                        null,
                        name(stratum) + " has a critical difference in " + count(stratum.critical()) + " of "
                                + count(stratum.n()) + ", and a single one is too many"))
                .toList();
    }

    /** The question that decides a stratum: the first one that fails, or else the first one that is undecided. */
    private Found ask(Stratum stratum) {
        Found undecided = null;
        Found first = null;
        for (RateQuestion question : questions(stratum)) {
            Found found = found(stratum, question);
            if (found.result() == Result.FAIL) {
                return found;
            }
            first = first == null ? found : first;
            undecided = undecided == null && found.result() == Result.UNDECIDED ? found : undecided;
        }
        return undecided != null ? undecided : Objects.requireNonNull(first);
    }

    private static Found found(Stratum stratum, RateQuestion question) {
        double lnE = question.lnBelow();
        return new Found(stratum, question, question.result(lnE), lnE);
    }

    private List<RateQuestion> questions(Stratum stratum) {
        List<RateQuestion> questions = new ArrayList<>(1);
        long major = stratum.bad(Severity.MAJOR);
        // Pairs replace the plain question only where they have shown noise to hold against it.
        boolean isNoisy = stratum.isNoisy();
        if (isNoisy) {
            questions.add(new RateQuestion(
                    Subject.EXCESS, stratum.paired(), stratum.worse(), stratum.better(), majorLimit, policy.alpha()));
        } else {
            questions.add(rate(Subject.MAJOR, stratum, major, majorLimit));
        }
        // Fewer of them than of those above, at the same threshold or a higher one, pass where those do.
        if (stratum.minor() > 0) {
            long minor =
                    isNoisy ? stratum.minor() : stratum.bad(Severity.MINOR); // noise may be major, and is judged above
            questions.add(rate(Subject.MINOR, stratum, minor, minorLimit));
        }
        if (isNoisy || stratum.uncompared() > major) {
            questions.add(rate(Subject.UNCOMPARED, stratum, stratum.uncompared(), majorLimit));
        }
        return questions;
    }

    /**
     * Strata whose calls without a pair are shown to be worse than those with one: pairs need a permit more, and say nothing
     * of a candidate that fails when there is none.
     */
    private List<Reason> worseWithoutPair() {
        List<Reason> reasons = new ArrayList<>();
        for (Stratum stratum : evidence.strata()) {
            long pairedBad = stratum.worse() + stratum.both();
            long others = stratum.n() - stratum.paired();
            long othersBad = stratum.bad(Severity.MAJOR) - pairedBad;
            if (!stratum.isNoisy() || others < 0 || othersBad < 0 || othersBad > others) {
                continue; // judged plainly, or merged from evidence that was cut
            }
            double least = ConfidenceSequence.lower(others, othersBad, policy.alpha());
            if (least > ConfidenceSequence.upper(stratum.paired(), pairedBad, policy.alpha())) {
                reasons.add(new Reason(
                        Code.RATE_ABOVE,
                        stratum.label(),
                        null,
                        name(stratum) + " differs in " + count(othersBad) + " of " + count(others)
                                + " calls that did not run twice, and in " + count(pairedBad) + " of "
                                + count(stratum.paired()) + " that did: what is more than there is no noise"));
            }
        }
        return reasons;
    }

    private RateQuestion rate(Subject subject, Stratum stratum, long k, Limit limit) {
        return new RateQuestion(subject, stratum.n(), k, 0, limit, policy.alpha());
    }

    private List<Reason> undecided(List<Found> found) {
        if (!policy.step().isLast()) {
            return reasons(found, Result.UNDECIDED);
        }
        long passing = total(found, Result.PASS, false);
        double covered = (double) (passing + total(found, Result.UNDECIDED, true)) / total;
        if (passing > 0 && covered >= policy.coverage()) {
            return List.of();
        }
        List<Reason> missing = new ArrayList<>();
        missing.add(reason(
                Code.COVERAGE,
                evidence.experiment() + " passes or is waived in strata of " + percent(covered, RoundingMode.FLOOR)
                        + " of its calls, " + written(policy.coverage()) + " is needed, of which some must pass"));
        missing.addAll(reasons(found, Result.UNDECIDED));
        return missing;
    }

    private long total(List<Found> found, Result result, boolean onlyWaived) {
        return found.stream()
                .filter(one -> one.result() == result)
                .filter(one ->
                        !onlyWaived || policy.waived().contains(one.stratum().name()))
                .mapToLong(one -> one.stratum().total())
                .sum();
    }

    /** The reasons of one kind, the weakest evidence first. */
    private List<Reason> reasons(List<Found> found, Result result) {
        List<Found> these = found.stream().filter(one -> one.result() == result).toList();
        List<Reason> reasons = new ArrayList<>(these.stream()
                .sorted(Comparator.comparingDouble(Found::lnE))
                .limit(MOST_REASONS)
                .map(this::reason)
                .toList());
        if (these.size() > MOST_REASONS) {
            reasons.add(reason(Code.MORE, "the same holds for " + count(these.size() - MOST_REASONS) + " more strata"));
        }
        return reasons;
    }

    private Reason reason(Found found) {
        return found.question().reason(found.result(), evidence, found.stratum().label(), perSecond(found));
    }

    private double perSecond(Found found) {
        double seconds = Duration.between(evidence.from(), evidence.until()).toMillis() / 1_000.0;
        return seconds > 0 ? found.question().n() / seconds : 0;
    }

    private void addSoak(List<Reason> missing) {
        Duration counted = Duration.between(evidence.from(), evidence.until());
        if (counted.compareTo(policy.soak()) < 0) {
            missing.add(reason(
                    Code.SOAK,
                    evidence.experiment() + " was counted for " + duration(counted) + ", " + duration(policy.soak())
                            + " is needed"));
        }
    }

    private String name(Stratum stratum) {
        return evidence.subject(stratum.label());
    }

    private static Reason reason(Code code, String sentence) {
        return new Reason(code, null, null, sentence);
    }

    private static Decision hold(Code code, String sentence) {
        return new Decision(Kind.HOLD, List.of(reason(code, sentence)));
    }
}
