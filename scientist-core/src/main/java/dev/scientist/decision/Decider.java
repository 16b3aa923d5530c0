package dev.scientist.decision;

import static dev.scientist.decision.Sentences.count;
import static dev.scientist.decision.Sentences.duration;
import static dev.scientist.decision.Sentences.percent;
import static dev.scientist.decision.Sentences.written;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.RateQuestion.Result;
import dev.scientist.decision.StratumQuestion.StratumAnswer;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one decision: it goes through the conditions in their order, and ends at the first that decides. Used by one
 * thread, for one decision.
 */
final class Decider {

    // The maximum number of reasons of one kind. Chosen: a person reads no more, and computing bounds is expensive.
    private static final int MOST_REASONS = 5;

    private final EvidenceSnapshot evidence;
    private final DecisionPolicy policy;
    private final long n;
    private final List<Stratum> strata;
    private final long total;
    private final StratumQuestion question;

    Decider(EvidenceSnapshot evidence, DecisionPolicy policy) {
        this.evidence = evidence;
        this.policy = policy;
        this.n = evidence.strata().stream().mapToLong(Stratum::n).sum();
        // A stratum in which rules accepted every call has nothing to show, and nothing is missing in it.
        this.strata = evidence.strata().stream()
                .filter(stratum -> stratum.n() + stratum.primaryFailed() > 0)
                .toList();
        this.total = strata.stream().mapToLong(Stratum::total).sum();
        this.question = new StratumQuestion(evidence, policy);
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
        List<StratumAnswer> answers = strata.stream().map(question::ask).toList();
        List<Reason> latency = policy.latency().quantiles().stream()
                .map(quantile -> new LatencyQuestion(evidence, policy.latency(), quantile, policy.alpha()).reason())
                .toList();
        broken.addAll(criticalSeen());
        broken.addAll(reasons(answers, Result.FAIL));
        latency.stream().filter(reason -> reason.code() == Code.SLOWER).forEach(broken::add);
        if (!broken.isEmpty()) {
            return new Decision(policy.candidateServes() ? Kind.ROLLBACK : Kind.HOLD, broken);
        }
        VolatilePaths paths = new VolatilePaths(evidence, policy, MOST_REASONS);
        List<Reason> missing = new ArrayList<>(undecided(answers));
        if (!policy.step().isLast() || !missing.isEmpty()) {
            missing.addAll(question.incompletePairs(answers, MOST_REASONS));
        }
        missing.addAll(paths.unverified());
        missing.addAll(question.unverified(strata, MOST_REASONS));
        latency.stream()
                .filter(reason -> reason.code() == Code.LATENCY_UNDECIDED)
                .forEach(missing::add);
        addSoak(missing);
        if (!missing.isEmpty()) {
            missing.addAll(paths.proposed());
            return new Decision(Kind.HOLD, missing);
        }
        List<Reason> shown = new ArrayList<>(reasons(answers, Result.PASS));
        shown.addAll(latency);
        shown.addAll(paths.proposed());
        return new Decision(policy.step().isLast() ? Kind.PROMOTE : Kind.ADVANCE, shown);
    }

    /** The rate that decides each stratum, by the name of the stratum. */
    SortedMap<String, Rate> rates() {
        SortedMap<String, Rate> rates = new TreeMap<>();
        for (Stratum stratum : strata) {
            StratumAnswer answer = question.ask(stratum);
            rates.put(stratum.name(), answer.question().rate(answer.result(), perSecond(answer)));
        }
        return Collections.unmodifiableSortedMap(rates);
    }

    /** The decision HOLD if nothing may be concluded from the evidence, whatever its counts are; otherwise null. */
    private @Nullable Decision unusable() {
        String name = evidence.experiment();
        if (evidence.epochs().isEmpty()) {
            return hold(
                    Code.UNDESCRIBED,
                    name + " is not counted, because nobody can say what it compares: when it was declared, the"
                            + " description of its comparison failed, or another Scientist had one of its name with"
                            + " other candidates; the log has a warning of it");
        }
        if (n == 0) {
            return hold(Code.NO_DATA, name + " was not compared yet" + without());
        }
        if (evidence.epochs().size() != 1) {
            return hold(
                    Code.MIXED_VERSIONS,
                    name + " was counted under " + evidence.epochs().size()
                            + " combinations of versions and rules, of which none stands for another: "
                            + named(evidence.epochs()));
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
                            + " is needed, because calls are not shed at random; see the reasons of skipped calls: where they are "
                            + "saturated, raise maxConcurrent or sample less");
        }
        return null;
    }

    private static String text(Epoch epoch) {
        String versions =
                epoch.primaryVersion().isEmpty() && epoch.candidateVersion().isEmpty()
                        ? ""
                        : epoch.primaryVersion() + " and " + epoch.candidateVersion() + ", ";
        return "(" + versions + (epoch.rules().isEmpty() ? "rules without a name" : epoch.rules()) + ")";
    }

    private static String named(List<Epoch> epochs) {
        String first = epochs.stream().limit(MOST_REASONS).map(Decider::text).collect(Collectors.joining("; "));
        return epochs.size() > MOST_REASONS ? first + "; and others" : first;
    }

    /** The calls that there were, although none of them is evidence, as text. */
    private String without() {
        long primaryFailed =
                evidence.strata().stream().mapToLong(Stratum::primaryFailed).sum();
        long ignored = evidence.strata().stream().mapToLong(Stratum::ignored).sum();
        String text =
                evidence.shed() == 0 ? "" : "; " + count(evidence.shed()) + " calls that were to be compared were not";
        text += primaryFailed == 0 ? "" : "; in " + count(primaryFailed) + " only the primary failed";
        return text + (ignored == 0 ? "" : "; in " + count(ignored) + " a rule accepted that they differ");
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

    private List<Reason> undecided(List<StratumAnswer> answers) {
        if (!policy.step().isLast()) {
            return reasons(answers, Result.UNDECIDED);
        }
        long passing = total(answers.stream().filter(StratumAnswer::isSound));
        long waived = total(answers.stream()
                .filter(one -> !one.isSound() && one.result() != Result.FAIL)
                .filter(one -> policy.isWaived(one.stratum().name())));
        double covered = (double) (passing + waived) / total;
        if (passing > 0 && covered >= policy.coverage()) {
            return List.of();
        }
        List<Reason> missing = new ArrayList<>();
        missing.add(reason(
                Code.COVERAGE,
                evidence.experiment() + " passes or is waived in strata of " + percent(covered, RoundingMode.FLOOR)
                        + " of its calls, " + written(policy.coverage()) + " is needed, of which some must pass"));
        missing.addAll(reasons(answers, Result.UNDECIDED));
        return missing;
    }

    private static long total(Stream<StratumAnswer> answers) {
        return answers.mapToLong(one -> one.stratum().total()).sum();
    }

    /** The reasons of strata with one result, the weakest evidence first. */
    private List<Reason> reasons(List<StratumAnswer> answers, Result result) {
        List<StratumAnswer> these = answers.stream()
                .filter(one -> one.result() == result && (result != Result.PASS || one.isSound()))
                .toList();
        List<Reason> reasons = new ArrayList<>(these.stream()
                .sorted(Comparator.comparingDouble(StratumAnswer::lnE))
                .limit(MOST_REASONS)
                .map(this::reason)
                .toList());
        if (these.size() > MOST_REASONS) {
            reasons.add(reason(Code.MORE, "the same holds for " + count(these.size() - MOST_REASONS) + " more strata"));
        }
        return reasons;
    }

    private Reason reason(StratumAnswer answer) {
        return answer.question()
                .reason(answer.result(), evidence, answer.stratum().label(), perSecond(answer));
    }

    private double perSecond(StratumAnswer answer) {
        double seconds = Duration.between(evidence.from(), evidence.until()).toMillis() / 1_000.0;
        return seconds > 0 ? answer.question().n() / seconds : 0;
    }

    private void addSoak(List<Reason> missing) {
        // If a clock was ahead, the time until the snapshot was taken counts.
        Instant until = evidence.until().isAfter(evidence.takenAt()) ? evidence.takenAt() : evidence.until();
        Duration counted = Duration.between(evidence.from(), until);
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
