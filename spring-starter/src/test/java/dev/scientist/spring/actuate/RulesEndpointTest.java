package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import dev.scientist.spring.RunningApplication;
import dev.scientist.spring.RunningApplication.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves over HTTP what the endpoint shows of rules: what they hid, and which further rules it proposes. */
class RulesEndpointTest {

    private static final String QUOTES = "/actuator/experiments/pricing.quote";
    private static final String RULES = "scientist.experiments.pricing.quote.comparator.rules";

    @Configuration(proxyBeanMethods = false)
    static class Experiments {
        @Bean
        Experiment<String> quotes(Scientist scientist) {
            return scientist.experiment("pricing.quote", options -> options.start(Start.SAME_THREAD));
        }

        @Bean
        Experiment<String> orders(Scientist scientist) {
            return scientist.experiment("orders", options -> options.start(Start.SAME_THREAD));
        }
    }

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(
                Experiments.class,
                "scientist.logging=false",
                RULES + "[0].at=/items/*/price",
                RULES + "[0].within=0.005",
                RULES + "[0].named=price rounding",
                RULES + "[0].owner=pricing",
                RULES + "[0].reason=the ledger rounds each item",
                RULES + "[0].expires=2099-01-01T00:00:00Z",
                RULES + "[0].severity=minor",
                RULES + "[1].at=/etag",
                RULES + "[1].ignored=true",
                RULES + "[1].expires=2020-01-01T00:00:00Z");
        for (int i = 0; i < 10; i++) {
            run("pricing.quote", quote("1.004", "EUR"), quote("1.000", "eur"));
            run("orders", "secret", "other");
        }
        run("pricing.quote", quote("1.004", "EUR"), quote("1.000", "EUR"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static String quote(String price, String currency) {
        return "{\"items\":[{\"price\":" + price + "}],\"currency\":\"" + currency + "\"}";
    }

    @SuppressWarnings("unchecked")
    private static void run(String name, String primary, String candidate) {
        Experiment<String> experiment = (Experiment<String>)
                application.bean(ExperimentRegistry.class).find(name).orElseThrow();
        experiment.run(() -> primary, () -> candidate);
    }

    @Test
    @Tag("case-25")
    void eachRuleIsShownWithWhoAnswersForItAndWhatItHid() throws Exception {
        JsonNode rules = application.get(QUOTES).json().at("/rules");

        assertThat(rules).hasSize(2);
        assertThat(rules.at("/0/name").asText()).isEqualTo("price rounding");
        assertThat(rules.at("/0/rule").asText()).startsWith("at(\"/items/*/price\").within(\"0.005\")");
        assertThat(rules.at("/0/owner").asText()).isEqualTo("pricing");
        assertThat(rules.at("/0/reason").asText()).isEqualTo("the ledger rounds each item");
        assertThat(rules.at("/0/expires").asText()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(rules.at("/0/expired").asBoolean(true)).isFalse();
        assertThat(rules.at("/0/severity").asText()).isEqualTo("minor");
        assertThat(rules.at("/0/hidden").asLong()).isEqualTo(11);
    }

    @Test
    @Tag("case-25")
    void anExpiredRuleSaysSo() throws Exception {
        JsonNode rule = application.get(QUOTES).json().at("/rules/1");

        assertThat(rule.at("/expired").asBoolean()).isTrue();
        assertThat(rule.at("/hidden").asLong(-1)).isZero();
        assertThat(List.of("owner", "reason", "severity")).noneMatch(rule::has);
    }

    @Test
    void whatMayBeNoiseIsProposedWithItsEvidenceAndNotApplied() throws Exception {
        JsonNode proposals = application.get(QUOTES + "/proposals").json().at("/proposals");

        assertThat(proposals).hasSize(1);
        assertThat(proposals.at("/0/rule").asText()).isEqualTo("at(\"/currency\").ignoringCase()");
        assertThat(proposals.at("/0/share").asDouble()).isEqualTo(1);
        assertThat(proposals.at("/0/touched").asDouble()).isEqualTo(1);
        assertThat(proposals.at("/0/evidence").asText()).contains("10 of 10 disagreements");
        assertThat(application.get(QUOTES).json().at("/rules")).hasSize(2);
    }

    @Test
    void anExperimentThatTakesNoRulesShowsNoneAndProposesNone() throws Exception {
        Answer proposals = application.get("/actuator/experiments/orders/proposals");

        assertThat(proposals.status()).isEqualTo(200);
        assertThat(proposals.json().at("/proposals")).isEmpty();
        assertThat(application.get("/actuator/experiments/orders").json().has("rules"))
                .isFalse();
    }

    @Test
    void proposalsOfAnExperimentThatNobodyDeclaredAreNotFound() throws Exception {
        assertThat(application.get("/actuator/experiments/order/proposals").status())
                .isEqualTo(404);
    }

    @Test
    @Tag("promise-3")
    @Tag("case-48")
    void readingTwiceShowsTheSame() throws Exception {
        Answer rules = application.get(QUOTES);
        Answer proposals = application.get(QUOTES + "/proposals");

        assertThat(application.get(QUOTES)).isEqualTo(rules);
        assertThat(application.get(QUOTES + "/proposals")).isEqualTo(proposals);
    }

    @Test
    @Tag("promise-13")
    void noValueIsShown() throws Exception {
        String shown = application.get(QUOTES).body()
                + application.get(QUOTES + "/proposals").body();

        assertThat(shown).doesNotContain("EUR", "eur\"", "1.004");
    }
}
