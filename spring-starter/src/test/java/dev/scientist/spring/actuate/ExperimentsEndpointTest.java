package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import dev.scientist.spring.LoggedLines;
import dev.scientist.spring.RunningApplication;
import dev.scientist.spring.RunningApplication.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves the endpoint over HTTP: what it shows, what it changes, and what it refuses. */
class ExperimentsEndpointTest {

    private static final String QUOTES = "/actuator/experiments/pricing.quote";

    @Configuration(proxyBeanMethods = false)
    static class Experiments {
        @Bean
        Experiment<Map<String, String>> quotes(Scientist scientist) {
            return scientist.experiment("pricing.quote", options -> options.start(Start.SAME_THREAD));
        }

        @Bean
        Experiment<String> orders(Scientist scientist) {
            return scientist.experiment("orders", options -> options.candidates("rewrite", "vendor"));
        }

        @Bean
        Experiment<String> guarded(Scientist scientist) {
            return scientist.experiment(
                    "tickets",
                    options -> options.start(Start.SAME_THREAD)
                            .sampling(Sampling.ADAPTIVE)
                            .sampleByKey()
                            .maxPerSecond(1));
        }
    }

    private static RunningApplication application;

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Experiments.class, "scientist.logging=false");
        Experiment<Map<String, String>> quotes = quotes();
        quotes.run(() -> Map.of("total", "10"), () -> Map.of("total", "10"));
        quotes.run(() -> Map.of("total", "10"), () -> Map.of("total", "11"));
        quotes.run(() -> Map.of("total", "10"), () -> {
            throw new IllegalStateException("no price");
        });
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @SuppressWarnings("unchecked")
    private static Experiment<Map<String, String>> quotes() {
        return (Experiment<Map<String, String>>)
                application.bean(ExperimentRegistry.class).find("pricing.quote").orElseThrow();
    }

    @Test
    void allExperimentsAreListedWithTheirCounts() throws Exception {
        JsonNode report = application.get("/actuator/experiments").json();

        assertThat(report.at("/enabled").asBoolean()).isTrue();
        assertThat(report.at("/experiments").findValuesAsText("name")).contains("orders", "pricing.quote");
        assertThat(report.at("/experiments/1/candidates/0/verdicts/matched").asLong())
                .isEqualTo(1);
        assertThat(report.at("/experiments/1/candidates/0/calls").asLong()).isEqualTo(3);
    }

    @Test
    void oneExperimentShowsAllItCounted() throws Exception {
        JsonNode report = application.get(QUOTES).json();

        assertThat(report.at("/candidates/0/verdicts/mismatched").asLong()).isEqualTo(1);
        assertThat(report.at("/candidates/0/verdicts/candidate_failed").asLong())
                .isEqualTo(1);
        assertThat(report.at("/differences").findValuesAsText("kind")).containsExactly("changed", "error");
        assertThat(report.at("/settings/comparisonTimeout").asText()).isEqualTo("PT1S");
    }

    @Test
    void differencesAreShownInGroups() throws Exception {
        JsonNode groups = application.get(QUOTES + "/differences").json().at("/groups");

        assertThat(groups.findValuesAsText("kind")).containsExactlyInAnyOrder("changed", "error");
        assertThat(groups.findValuesAsText("severity")).containsOnly("major");
        assertThat(groups.findValuesAsText("count")).containsOnly("1");
        assertThat(groups.at("/0/path").asText()).isEmpty();
        assertThat(groups.at("/0/firstSeen").asText()).endsWith("Z");
    }

    @Test
    @Tag("promise-3")
    @Tag("case-48")
    void readingTwiceShowsTheSame() throws Exception {
        Answer first = application.get(QUOTES);
        Answer differences = application.get(QUOTES + "/differences");

        Answer again = application.get(QUOTES);

        assertThat(again).isEqualTo(first);
        assertThat(application.get(QUOTES + "/differences")).isEqualTo(differences);
    }

    @Test
    void aShareThatWasHalvedIsShownWithItsReasonUntilSomebodyRaisesIt() throws Exception {
        String path = "/actuator/experiments/tickets";
        Experiment<?> guarded =
                application.bean(ExperimentRegistry.class).find("tickets").orElseThrow();
        JsonNode before = application.get(path).json();
        for (int i = 0; i < 100; i++) {
            call(guarded, i);
        }
        JsonNode halved = application.get(path).json();
        JsonNode list = application.get("/actuator/experiments").json();

        Answer raised = application.post(path, """
                {"sampleRate": 1, "by": "ann", "reason": "the cap was too low"}
                """);

        assertThat(before.has("sampling")).isFalse();
        assertThat(halved.at("/sampling/share").asDouble()).isEqualTo(0.5);
        assertThat(halved.at("/sampling/halvings/cap").asLong()).isEqualTo(1);
        assertThat(halved.at("/sampling/lastHalving/reason").asText()).isEqualTo("cap");
        assertThat(halved.at("/sampling/lastHalving/at").asText()).endsWith("Z");
        assertThat(halved.at("/sampling/lastHalving/because").asText()).contains("maxPerSecond");
        assertThat(halved.at("/settings/sampleRate").asDouble()).isEqualTo(1);
        assertThat(list.findValuesAsText("share")).containsExactly("0.5");
        assertThat(raised.status()).isEqualTo(200);
        assertThat(guarded.settings().share()).isEqualTo(1);
        assertThat(application.get(path).json().at("/sampling").has("lastHalving"))
                .isFalse();
        assertThat(log.at(Level.INFO))
                .contains("experiment tickets: sampleRate stays 1.0, share of sampled calls 0.5 -> 1.0;"
                        + " by \"ann\", because: \"the cap was too low\"");
    }

    @SuppressWarnings("unchecked")
    private static void call(Experiment<?> experiment, int key) {
        ((Experiment<String>) experiment).call().key(key).candidate(() -> "a").run(() -> "a");
    }

    @Test
    void whatNobodyDeclaredIsNotFound() throws Exception {
        Answer experiment = application.get("/actuator/experiments/pricing.qoute");
        Answer part = application.get(QUOTES + "/details");

        assertThat(experiment.status()).isEqualTo(404);
        assertThat(experiment.json().at("/error").asText())
                .isEqualTo("there is no experiment \"pricing.qoute\"; did you mean \"pricing.quote\"?");
        assertThat(part.status()).isEqualTo(404);
        assertThat(part.json().at("/error").asText()).contains("\"differences\"", "\"details\"");
    }

    @Test
    void settingsChangeWhileTheExperimentRunsAndTheLogSaysWhoAndWhy() throws Exception {
        Answer answer = application.post("/actuator/experiments/orders", """
                {"sampleRate": 0.25, "candidateTimeout": "300ms", "maxPerSecond": 10, "by": "ann", "reason": "load test"}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(
                        application.get("/actuator/experiments/orders/settings").json());
        assertThat(answer.json().at("/candidateTimeout").asText()).isEqualTo("PT0.3S");
        assertThat(log.at(Level.INFO))
                .containsExactly("experiment orders: sampleRate 1.0 -> 0.25, maxPerSecond none -> 10,"
                        + " candidateTimeout PT1S -> PT0.3S; by \"ann\", because: \"load test\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"sampleRate": 7, "by": "ann", "reason": "x"}          | sampleRate must be a number between 0 and 1 but was "7"
                    {"sampleRate": "lots", "by": "ann", "reason": "x"}     | sampleRate must be a number between 0 and 1 but was "lots"
                    {"candidateTimeout": "-1s", "by": "ann", "reason": "x"}| candidateTimeout must be a duration longer than zero
                    {"maxPerSecond": 0, "by": "ann", "reason": "x"}        | maxPerSecond must be a whole number of at least 1
                    {"enabled": "maybe", "by": "ann", "reason": "x"}       | enabled must be true or false but was "maybe"
                    {"enabled": false, "reason": "x"}                      | by must say who
                    {"enabled": false, "by": "ann"}                        | reason must say why
                    {"enabled": false, "by": "ann", "reason": " \\n"}      | reason must say why
                    {"by": "ann", "reason": "x"}                           | nothing to change; there is enabled, sampleRate
                    {"sampleRate": 0.3, "candidate-timeout": "5s", "by": "ann", "reason": "x"} | there is no "candidate-timeout" to send; did you mean "candidateTimeout"?
                    {"sampleRate": 0.3, "foo": 1, "ticket": 2, "by": "ann", "reason": "x"} | there is no "foo" to send, but enabled, sampleRate, maxPerSecond, maxConcurrent, candidateTimeout, comparisonTimeout, by, reason; there is no "ticket"
                    {"sampleRate": 0.3, "security": 1, "by": "ann", "reason": "x"} | there is no "security" to send
                    """)
    void aWrongChangeIsRefusedWithItsReasonAndChangesNothing(String request, String reason) throws Exception {
        JsonNode before = application.get(QUOTES + "/settings").json();

        Answer answer = application.post(QUOTES, request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error").asText()).startsWith(reason);
        assertThat(application.get(QUOTES + "/settings").json()).isEqualTo(before);
    }

    @Test
    void ofSeveralChangesAllOrNoneAreMade() throws Exception {
        Answer answer = application.post(QUOTES, """
                {"sampleRate": 0.5, "maxConcurrent": -1, "by": "ann", "reason": "x"}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(quotes().settings().sampleRate()).isEqualTo(1);
    }

    @Test
    void theKillSwitchStopsAllExperimentsUntilItIsTakenBack() throws Exception {
        Answer off = application.post("/actuator/experiments", """
                {"enabled": false, "by": "ann", "reason": "incident 7"}
                """);
        boolean between = application.bean(Scientist.class).isEnabled();

        Answer on = application.post("/actuator/experiments", """
                {"enabled": true, "by": "ann", "reason": "over"}
                """);

        assertThat(off.json().at("/enabled").asBoolean(true)).isFalse();
        assertThat(between).isFalse();
        assertThat(on.json().at("/enabled").asBoolean()).isTrue();
        assertThat(log.at(Level.INFO))
                .containsExactly(
                        "all experiments: enabled true -> false; by \"ann\", because: \"incident 7\"",
                        "all experiments: enabled false -> true; by \"ann\", because: \"over\"");
    }

    @Test
    void anExperimentShowsThatTheKillSwitchStopsIt() throws Exception {
        application.bean(Scientist.class).disable();

        JsonNode one = application.get(QUOTES).json();
        JsonNode settings = application.get(QUOTES + "/settings").json();
        JsonNode changed = application
                .post(QUOTES, "{\"enabled\": true, \"by\": \"ann\", \"reason\": \"on again\"}")
                .json();
        application.bean(Scientist.class).enable();

        assertThat(one.at("/settings/allEnabled").asBoolean(true)).isFalse();
        assertThat(settings.at("/allEnabled").asBoolean(true)).isFalse();
        assertThat(changed).isEqualTo(settings);
        assertThat(application
                        .get(QUOTES + "/settings")
                        .json()
                        .at("/allEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(log.at(Level.INFO))
                .containsExactly("experiment pricing.quote: enabled stays true (while all experiments are disabled);"
                        + " by \"ann\", because: \"on again\"");
    }

    @Test
    void aKillSwitchWithSomethingElseIsRefused() throws Exception {
        Answer answer = application.post("/actuator/experiments", """
                {"enabled": false, "sampleRate": 0, "by": "ann", "reason": "x"}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error").asText())
                .isEqualTo("there is no \"sampleRate\" to send, but enabled, by, reason");
        assertThat(application.bean(Scientist.class).isEnabled()).isTrue();
    }

    @Test
    void theLogTellsWhatChangesFromWhatStays() throws Exception {
        application.post("/actuator/experiments/orders", """
                {"maxConcurrent": 64, "comparisonTimeout": "7s", "by": "ann", "reason": "slow"}
                """);

        assertThat(log.at(Level.INFO))
                .containsExactly("experiment orders: maxConcurrent stays 64, comparisonTimeout PT1S -> PT7S;"
                        + " by \"ann\", because: \"slow\"");
    }

    @Test
    void aKillSwitchWithoutASwitchIsRefused() throws Exception {
        Answer answer = application.post("/actuator/experiments", "{\"by\": \"ann\", \"reason\": \"x\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error").asText()).startsWith("enabled must be true or false");
    }

    @Test
    void aLineBreakForgesNoLineOfTheLog() throws Exception {
        application.post(QUOTES, """
                {"comparisonTimeout": "2s", "by": "ann", "reason": "x\\n2030 INFO experiment orders: all is well"}
                """);
        application.post(QUOTES, """
                {"comparisonTimeout": "1s", "by": "ann", "reason": "back"}
                """);

        assertThat(log.at(Level.INFO))
                .hasSize(2)
                .noneMatch(line -> line.contains("\n"))
                .first()
                .asString()
                .endsWith("because: \"x 2030 INFO experiment orders: all is well\"");
        assertThat(quotes().settings().comparisonTimeout()).isEqualTo(Duration.ofSeconds(1));
    }
}
