package dev.scientist.samples.shop.report;

import dev.scientist.decision.Decision;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decides whether the rewrite may serve its first callers. This may be asked at any time and as often as one likes; it
 * does not make a wrong answer more likely.
 */
@Component
final class Decisions {

    /** Explains to people what {@link #POLICY} requires. */
    static final String ABOUT =
            "May the rewrite serve one call in a hundred? At most 1 % bad calls in each stratum, with 95 % confidence however"
                    + " often one looks; the median and p95 within 1.25 times the primary's and 5 ms. The soak time, an"
                    + " hour by default, is set to zero, because the demo is short.";

    // p99 is left out, because half a minute has too few slow calls to judge it.
    private static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)
            .with(policy -> policy.soak(Duration.ZERO)
                    .latency(LatencyPolicy.of(
                            List.of(0.5, 0.95), LatencyPolicy.DEFAULT.factor(), LatencyPolicy.DEFAULT.slack())));

    private final Evidence evidence;

    Decisions(Evidence evidence) {
        this.evidence = evidence;
    }

    Decision of(String experiment) {
        return Decision.decide(evidence.snapshot(experiment), POLICY);
    }

    /** A short form of a decision, such as "HOLD, 213 more if equal". */
    static String brief(Decision decision) {
        Reason first = decision.reasons().get(0);
        return decision.kind() == Kind.HOLD
                        && first.rate() != null
                        && first.rate().missing() > 0
                ? "HOLD, %s more if equal".formatted(Figures.count(first.rate().missing()))
                : decision.kind().name();
    }

    /**
     * The sentence of the most important reason of a decision. Alarms are used only if there is no other reason: an
     * alarm is about the latest calls, and the report is about all calls.
     */
    static String sentence(Decision decision) {
        return decision.reasons().stream()
                .filter(reason -> reason.rate() != null || reason.stratum() != null)
                .findFirst()
                .orElse(decision.reasons().get(0))
                .sentence();
    }
}
