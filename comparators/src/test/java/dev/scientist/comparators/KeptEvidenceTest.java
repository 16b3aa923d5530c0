package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.decision.Decision;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.EvidenceSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Evidence that is kept as JSON: the code of docs/decision.md. */
class KeptEvidenceTest {

    @Test
    @Tag("promise-17")
    void whatIsKeptAndMergedIsWhatWasCounted() {
        EvidenceSnapshot snapshot = counted();
        EvidenceSnapshot ofAnotherInstance = counted();
        // tag::kept-evidence[]
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        String kept = mapper.writeValueAsString(snapshot);
        EvidenceSnapshot both = mapper.readValue(kept, EvidenceSnapshot.class).merge(ofAnotherInstance);
        DecisionPolicy stricter = DecisionPolicy.of(Step.FROM_1_TO_5_PERCENT)
                .withThreshold(0.0005)
                .withSoak(Duration.ofHours(4));

        Decision decision = Decision.decide(both, stricter);
        // end::kept-evidence[]
        String incomplete = kept.replace("\"critical\":0,", "");

        assertThat(mapper.readValue(kept, EvidenceSnapshot.class)).isEqualTo(snapshot);
        assertThat(mapper.readValue(mapper.writeValueAsString(decision), Decision.class))
                .isEqualTo(decision);
        assertThat(both.compared()).isEqualTo(20);
        assertThat(incomplete).isNotEqualTo(kept);
        assertThatThrownBy(() -> mapper.readValue(incomplete, EvidenceSnapshot.class))
                .isInstanceOf(DatabindException.class)
                .hasMessageContaining("critical");
    }

    private static EvidenceSnapshot counted() {
        Evidence evidence = Evidence.builder().build();
        try (Scientist scientist =
                Scientist.builder().logging(false).publisher(evidence).build()) {
            Experiment<String> experiment = scientist.experiment(
                    "kept", options -> options.start(Start.SAME_THREAD).replicateRate(1));
            for (int i = 0; i < 10; i++) {
                String answer = i % 3 == 0 ? "b" : "a";
                experiment.run(() -> "a", () -> answer);
            }
            return evidence.snapshot("kept");
        }
    }
}
