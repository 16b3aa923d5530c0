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

/** Whether the rewrite may serve its first callers, asked as often as one likes: that makes no answer less sure. */
@Component
final class Decisions {

    /** What {@link #POLICY} asks for, for people. */
    static final String ABOUT =
            "May the rewrite serve one call in a hundred? At most 1 % bad calls in each stratum, with 95 % confidence however"
                    + " often one looks; the median and p95 within 1.25 times the primary's and 5 ms. The soak time, an"
                    + " hour by default, is set to zero, because the demo is short.";

    // p99 is left out: half a minute has too few slow calls to say anything about them.
    private static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)
            .withSoak(Duration.ZERO)
            .withLatency(new LatencyPolicy(
                    List.of(0.5, 0.95), LatencyPolicy.DEFAULT.factor(), LatencyPolicy.DEFAULT.slack()));

    private final Evidence evidence;

    Decisions(Evidence evidence) {
        this.evidence = evidence;
    }

    Decision of(String experiment) {
        return Decision.decide(evidence.snapshot(experiment), POLICY);
    }

    /** "HOLD, 213 more if equal", for where there is little room. */
    static String brief(Decision decision) {
        Reason first = decision.reasons().get(0);
        return decision.kind() == Kind.HOLD
                        && first.rate() != null
                        && first.rate().missing() > 0
                ? "HOLD, %s more if equal".formatted(Figures.count(first.rate().missing()))
                : decision.kind().name();
    }

    /**
     * What weighs most, but no alarm where there is a rate: an alarm tells of the latest calls, and a report is about all of
     * them.
     */
    static String sentence(Decision decision) {
        return decision.reasons().stream()
                .filter(reason -> reason.rate() != null || reason.stratum() != null)
                .findFirst()
                .orElse(decision.reasons().get(0))
                .sentence();
    }
}
