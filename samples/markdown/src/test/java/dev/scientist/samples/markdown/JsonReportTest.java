package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    @Test
    void theFieldsStandInAFixedOrder() throws JsonProcessingException {
        JsonNode json = json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "calls",
                        "verdicts",
                        "specifications",
                        "parts",
                        "mismatch_rates",
                        "decision",
                        "latency_micros",
                        "groups",
                        "run");
    }

    @Test
    void theEightVerdictsSumToTheCalls() throws JsonProcessingException {
        JsonNode json = json();

        JsonNode verdicts = json.get("verdicts");

        assertThat(verdicts.fieldNames())
                .toIterable()
                .containsExactly(
                        "matched",
                        "mismatched",
                        "ignored",
                        "candidate_failed",
                        "primary_failed",
                        "timed_out",
                        "uncompared",
                        "skipped");
        long sum = 0;
        for (JsonNode count : verdicts) {
            sum += count.asLong();
        }
        assertThat(sum).isEqualTo(json.get("calls").asLong()).isEqualTo(1424);
    }

    @Test
    void eachSpecificationHasItsThreeNumbers() throws JsonProcessingException {
        JsonNode specifications = json().get("specifications");

        assertThat(specifications.fieldNames()).toIterable().containsExactly("commonmark", "gfm");
        assertThat(specifications.get("commonmark").toString())
                .isEqualTo("{\"examples\":652,\"mismatched\":3,\"candidate_failed\":0}");
        assertThat(specifications.get("gfm").toString())
                .isEqualTo("{\"examples\":672,\"mismatched\":0,\"candidate_failed\":0}");
    }

    @Test
    void theRateOfTheSampleHasBounds() throws JsonProcessingException {
        JsonNode rate = json().get("mismatch_rates").get("documents");

        assertThat(rate.get("rate").asDouble()).isEqualTo(0.41);
        assertThat(rate.get("lower").asDouble()).isBetween(0.2, 0.41);
        assertThat(rate.get("upper").asDouble()).isBetween(0.41, 0.65);
        assertThat(rate.get("confidence").asDouble()).isEqualTo(0.99);
    }

    @Test
    void theDecisionComesWithItsReasons() throws JsonProcessingException {
        JsonNode decision = json().get("decision");

        assertThat(decision.get("kind").asText()).isEqualTo("hold");
        assertThat(decision.get("reasons").toString())
                .isEqualTo("[{\"code\":\"RATE_ABOVE\",\"sentence\":\"" + Reports.DECISION + "\"}]");
    }

    @Test
    void latenciesAreInMicroseconds() throws JsonProcessingException {
        JsonNode latency = json().get("latency_micros");

        assertThat(latency.get("primary").get("p50").asDouble()).isBetween(499.0, 502.0);
        assertThat(latency.get("candidate").get("max").asDouble()).isBetween(5000.0, 5010.0);
        assertThat(latency.get("candidate").fieldNames())
                .toIterable()
                .containsExactly("calls", "p50", "p90", "p99", "max");
    }

    @Test
    void aGroupCarriesItsExampleUnchanged() throws JsonProcessingException {
        JsonNode group = json().get("groups").get(0);

        assertThat(group.get("calls").asLong()).isEqualTo(43);
        assertThat(group.get("calls_by_part").toString()).isEqualTo("{\"commonmark\":3,\"gfm\":0,\"documents\":40}");
        assertThat(group.get("example").get("markdown").asText()).isEqualTo(Reports.HOSTILE);
    }

    private static JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(JsonReport.of(Reports.hostile()));
    }
}
