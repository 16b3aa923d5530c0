package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.decision.Decision;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.ExperimentDecisions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gauges of a plain Java application, as docs/decision.md shows them. */
class DecisionMetersPageTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    // tag::decision-gauges[]
    private final DecisionPolicy usual = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT);
    private final DecisionPolicy strict = usual.with(policy -> policy.threshold(0.001));

    private final Evidence evidence =
            Evidence.builder().stratum("checkout.quote", "country").build();
    private final ExperimentDecisions decisions =
            new ExperimentDecisions(evidence, name -> name.startsWith("checkout.") ? strict : usual);

    private final Scientist scientist = Scientist.builder()
            .publisher(evidence)
            .publisher(new MicrometerPublisher(registry))
            .listener(new DecisionMeters(registry, decisions))
            .build();
    // end::decision-gauges[]

    @AfterEach
    void close() {
        scientist.close();
    }

    @Test
    void eachExperimentIsDecidedByThePolicyOfItsName() {
        Experiment<String> quotes = scientist.experiment("checkout.quote", options -> options.start(Start.SAME_THREAD));
        quotes.call().attribute("country", "DK").candidate(() -> "a").run(() -> "a");

        Decision decision = decisions.of(quotes).get(0).decision();
        double shown = registry.get("scientist.decision")
                .tag("decision", "hold")
                .gauge()
                .value();

        assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
        assertThat(shown).isEqualTo(1);
        assertThat(registry.get("scientist.rate.threshold")
                        .tag("stratum", "DK")
                        .gauge()
                        .value())
                .isEqualTo(0.001);
    }
}
