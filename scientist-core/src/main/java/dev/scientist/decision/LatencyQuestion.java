package dev.scientist.decision;

import static dev.scientist.decision.Sentences.confidence;
import static dev.scientist.decision.Sentences.millis;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import java.math.BigDecimal;

/**
 * Asks whether the candidate is fast enough at one quantile, that is, whether its upper bound is within the policy's
 * factor and slack of the primary's lower bound. Each bound is wrong with probability alpha / 2 at most. Immutable.
 */
record LatencyQuestion(EvidenceSnapshot evidence, LatencyPolicy policy, double quantile, double alpha) {

    Reason reason() {
        double half = alpha / 2;
        long primaryLower = LatencyBounds.lower(evidence.primaryLatency(), quantile, half);
        long primaryUpper = LatencyBounds.upper(evidence.primaryLatency(), quantile, half);
        long candidateLower = LatencyBounds.lower(evidence.candidateLatency(), quantile, half);
        long candidateUpper = LatencyBounds.upper(evidence.candidateLatency(), quantile, half);
        if (evidence.primaryLatency().n() == 0) {
            return reason(
                    Code.LATENCY_UNDECIDED,
                    evidence.experiment() + ": how long calls take was not counted, and must be shown at "
                            + Sentences.written(quantile)
                            + "; it needs org.hdrhistogram:HdrHistogram, which Micrometer brings, or a "
                            + "policy with LatencyPolicy.NONE");
        }
        String name = evidence.experiment() + ": "
                + BigDecimal.valueOf(quantile)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " % of the candidate's calls";
        String sure = " with " + confidence(alpha) + " confidence at any time";
        if ((double) candidateUpper <= limit(primaryLower)) {
            return reason(
                    Code.FAST_ENOUGH,
                    name + " take at most " + millis((double) candidateUpper) + sure + ", "
                            + millis(limit(primaryLower)) + " is allowed beside the primary's");
        }
        if (primaryUpper != Long.MAX_VALUE && (double) candidateLower > limit(primaryUpper)) {
            return reason(
                    Code.SLOWER,
                    name + " take more than " + millis((double) candidateLower) + sure + ", "
                            + millis(limit(primaryUpper)) + " is allowed beside the primary's");
        }
        return reason(
                Code.LATENCY_UNDECIDED,
                name + " take between " + millis((double) candidateLower) + " and "
                        + (candidateUpper == Long.MAX_VALUE ? "nobody knows how much" : millis((double) candidateUpper))
                        + sure
                        + ", at most " + millis(limit(primaryLower)) + " is needed");
    }

    private double limit(long nanos) {
        return (double) nanos * policy.factor() + (double) policy.slack().toNanos();
    }

    private static Reason reason(Code code, String sentence) {
        return new Reason(code, null, null, sentence);
    }
}
