package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Evidence that is kept as JSON: the code of docs/decision.md. */
class KeptEvidenceTest {

    @Test
    @Tag("promise-17")
    void whatIsKeptAndMergedIsWhatWasCounted() {
        EvidenceSnapshot snapshot = counted();
        EvidenceSnapshot ofAnotherInstance = counted();
        // tag::kept-evidence[]
        JsonMapper mapper = JsonMapper.builder().build();
        String kept = mapper.writeValueAsString(snapshot.toWire());
        EvidenceSnapshot read = EvidenceSnapshot.fromWire(mapper.readValue(kept, new TypeReference<>() {}));
        EvidenceSnapshot both = read.merge(ofAnotherInstance);
        DecisionPolicy stricter = DecisionPolicy.of(Step.FROM_1_TO_5_PERCENT)
                .with(policy -> policy.threshold(0.0005).soak(Duration.ofHours(4)));

        Decision decision = Decision.decide(both, stricter);
        // end::kept-evidence[]
        String incomplete = kept.replace("\"critical\":0,", "");

        assertThat(read).isEqualTo(snapshot);
        assertThat(both.compared()).isEqualTo(20);
        assertThat(decision.kind()).isEqualTo(Decision.Kind.ROLLBACK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvidenceSnapshot.fromWire(mapper.readValue(incomplete, new TypeReference<>() {})))
                .withMessageStartingWith("evidence.strata[0].critical is missing");
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
