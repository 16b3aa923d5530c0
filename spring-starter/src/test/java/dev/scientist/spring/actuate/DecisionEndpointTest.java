package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.EvidenceSnapshot;
import dev.scientist.spring.RunningApplication;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves over HTTP what the endpoint shows of decisions. */
class DecisionEndpointTest {

    private static final String QUOTES = "/actuator/experiments/quotes/decision";

    @Configuration(proxyBeanMethods = false)
    static class Experiments {
        @Bean
        Experiment<String> quotes(Scientist scientist) {
            return scientist.experiment("quotes", options -> options.start(Start.SAME_THREAD));
        }

        @Bean
        Experiment<String> orders(Scientist scientist) {
            return scientist.experiment("orders", options -> options.candidates("rewrite", "vendor"));
        }
    }

    private static RunningApplication application;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void start() {
        application = RunningApplication.start(
                Experiments.class,
                "scientist.logging=false",
                "scientist.defaults.decision.latency.quantiles=",
                "scientist.experiments.quotes.decision.stratum=country",
                "scientist.experiments.quotes.decision.candidate-version=2.0");
        Experiment<String> quotes = (Experiment<String>)
                application.bean(ExperimentRegistry.class).find("quotes").orElseThrow();
        for (int i = 0; i < 100; i++) {
            quotes.call().attribute("country", "DK").candidate(() -> "a").run(() -> "a");
        }
        quotes.call().attribute("country", "SE").candidate(() -> "b").run(() -> "a");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void aDecisionIsShownWithItsReasonsAndItsCounts() throws Exception {
        JsonNode report = application.get(QUOTES).json();

        JsonNode candidate = report.at("/candidates/0");
        JsonNode reason = candidate.at("/reasons/1");
        assertThat(report.at("/decision").asText()).isEqualTo("hold");
        assertThat(candidate.at("/decision").asText()).isEqualTo("hold");
        assertThat(candidate.at("/step").asText()).isEqualTo("shadow-to-1-percent");
        assertThat(candidate.at("/evidence/epochs/0/candidateVersion").asText()).isEqualTo("2.0");
        assertThat(candidate.at("/compared").asLong()).isEqualTo(101);
        assertThat(candidate.at("/evidence/strata").findValuesAsText("name")).containsExactly("DK", "SE");
        assertThat(candidate.at("/evidence/strata").findValuesAsText("matched")).containsExactly("100", "0");
        assertThat(candidate.at("/evidence/strata").findValuesAsText("major")).containsExactly("0", "1");
        assertThat(reason.at("/code").asText()).isEqualTo("rate_undecided");
        assertThat(reason.at("/stratum").asText()).isEqualTo("DK");
        assertThat(reason.at("/sentence").asText()).startsWith("quotes [DK] differs in 0 of 100 (0 %)");
        assertThat(reason.at("/rate/subject").asText()).isEqualTo("major");
        assertThat(reason.at("/rate/missing").asLong()).isEqualTo(289);
        assertThat(reason.at("/rate/upper").asDouble()).isGreaterThan(0.01);
    }

    @Test
    void ofSeveralCandidatesEachHasItsOwnDecision() throws Exception {
        JsonNode report =
                application.get("/actuator/experiments/orders/decision").json();

        assertThat(report.at("/candidates").findValuesAsText("name")).containsExactly("rewrite", "vendor");
        assertThat(report.at("/candidates").findValuesAsText("code")).containsExactly("no_data", "no_data");
    }

    @Test
    void theListShowsWhatIsDecided() throws Exception {
        JsonNode report = application.get("/actuator/experiments").json();

        assertThat(report.at("/experiments").findValuesAsText("decision")).containsExactly("hold", "hold");
    }

    @Test
    @Tag("promise-3")
    void readingTwiceShowsTheSame() throws Exception {
        String first = application.get(QUOTES).json().toString();

        assertThat(withoutTime(application.get(QUOTES).json().toString())).isEqualTo(withoutTime(first));
    }

    /** A report without the moment at which it was read. */
    private static String withoutTime(String report) {
        return report.replaceFirst("\"takenAt\":\"[^\"]*\"", "");
    }

    @Test
    void whatTheEndpointShowsIsReadAndMerged() throws Exception {
        JsonNode candidate = application.get(QUOTES).json().at("/candidates/0");

        EvidenceSnapshot evidence = EvidenceSnapshot.fromWire(tree(candidate.at("/evidence")));
        DecisionPolicy policy = DecisionPolicy.fromWire(tree(candidate.at("/policy")));

        assertThat(evidence.compared()).isEqualTo(101);
        assertThat(policy.latency().quantiles()).isEmpty();
    }

    private static Map<String, Object> tree(JsonNode node) {
        return new ObjectMapper().convertValue(node, new TypeReference<>() {});
    }
}
