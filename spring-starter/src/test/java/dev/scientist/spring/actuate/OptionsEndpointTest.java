package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.spring.ParallelRun;
import dev.scientist.spring.RunningApplication;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that the endpoint shows how experiments are set up, and where a failing candidate failed. */
class OptionsEndpointTest {

    private static final String SECRET = "c-4711";

    @Configuration(proxyBeanMethods = false)
    static class Experiments {
        @Bean
        Ledger ledger() {
            return new Ledger();
        }

        @Bean
        Rewrite rewrite() {
            return new Rewrite();
        }

        @Bean
        Experiment<Object> inCode(Scientist scientist) {
            return scientist.experiment(
                    "in.code",
                    options -> options.start(Start.SAME_THREAD)
                            .snapshot(UnaryOperator.identity())
                            .argumentCopier(String.class, UnaryOperator.identity())
                            .comparator((primary, candidate) -> List.of()));
        }

        @Bean
        Experiment<Object> named(Scientist scientist) {
            return scientist.experiment("named", options -> options.comparator(new Named()));
        }

        @Bean
        Experiment<Object> broken(Scientist scientist) {
            return scientist.experiment("broken", options -> options.comparator(new Broken()));
        }
    }

    static class Ledger {
        @ParallelRun(name = "pricing.quote", candidate = "rewrite", key = "#customer")
        public Plain quote(String customer) {
            return new Plain();
        }
    }

    static class Rewrite {
        public Plain quote(String customer) {
            if (customer.equals(SECRET)) {
                throw new IllegalStateException("no price for " + customer, new ArithmeticException(customer));
            }
            return new Plain();
        }
    }

    /** A class without equals. */
    static class Plain {}

    private static class Named implements ResultComparator<Object> {
        @Override
        public List<dev.scientist.Difference> compare(Object primary, Object candidate) {
            return List.of();
        }
    }

    private static final class Broken extends Named {
        @Override
        public String toString() {
            throw new IllegalStateException("nameless");
        }
    }

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(
                Experiments.class,
                "scientist.logging=false",
                "scientist.defaults.start=same-thread",
                "scientist.experiments.pricing.quote.sample-by-key=true",
                "scientist.experiments.pricing.quote.replicate-rate=0.25",
                "scientist.experiments.pricing.quote.candidate-timeout=300ms",
                "scientist.experiments.pricing.quote.interrupt-late=false");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void anAnnotatedMethodShowsItsCandidateAndEverySettingInForce() throws Exception {
        JsonNode report = application.get("/actuator/experiments/pricing.quote").json();

        assertThat(report.at("/candidate/bean").asText()).isEqualTo("rewrite");
        assertThat(report.at("/candidate/method").asText()).endsWith("Rewrite.quote(String)");
        assertThat(report.at("/settings/candidateTimeout").asText()).isEqualTo("PT0.3S");
        assertThat(report.at("/options").toString())
                .isEqualTo("{\"start\":\"same-thread\",\"comparator\":\"equality\",\"snapshot\":\"none\","
                        + "\"copiedArguments\":[],\"sampling\":\"constant\","
                        + "\"sampleByKey\":true,\"replicateRate\":0.25,\"effects\":\"read-only\","
                        + "\"interruptLate\":false,\"ownedFutures\":false}");
    }

    @Test
    void anExperimentInCodeShowsTheNamesOfItsHooks() throws Exception {
        JsonNode options =
                application.get("/actuator/experiments/in.code").json().at("/options");

        assertThat(options.at("/comparator").asText()).isEqualTo("a lambda in " + Experiments.class.getName());
        assertThat(options.at("/snapshot").asText()).isEqualTo("a copy, made in code");
        assertThat(options.at("/copiedArguments/0").asText()).isEqualTo("java.lang.String");
    }

    @Test
    void aComparatorWithoutANameOfItsOwnIsNamedByItsClass() throws Exception {
        JsonNode named = application.get("/actuator/experiments/named").json();
        JsonNode broken = application.get("/actuator/experiments/broken").json();

        assertThat(named.at("/options/comparator").asText()).isEqualTo(Named.class.getName());
        assertThat(broken.at("/options/comparator").asText()).isEqualTo(Broken.class.getName());
    }

    @Test
    @Tag("promise-13")
    void aFailingCandidateShowsClassesAndFirstFramesAndNoMessage() throws Exception {
        application.bean(Ledger.class).quote(SECRET);

        JsonNode groups = application
                .get("/actuator/experiments/pricing.quote/differences")
                .json()
                .at("/groups");

        JsonNode failed = groupOf(groups, "error");
        assertThat(failed.at("/candidateThrew/type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.at("/candidateThrew/frames/0").asText()).contains("Rewrite.quote(OptionsEndpointTest.java:");
        assertThat(failed.at("/candidateThrew/causes/0/type").asText()).isEqualTo("java.lang.ArithmeticException");
        assertThat(failed.has("primaryThrew")).isFalse();
        assertThat(groups.toString()).doesNotContain(SECRET, "no price");
    }

    @Test
    void whatDiffersForWantOfAnEqualsSaysWhatWouldHelp() throws Exception {
        application.bean(Ledger.class).quote("ann");

        JsonNode groups = application
                .get("/actuator/experiments/pricing.quote/differences")
                .json()
                .at("/groups");

        assertThat(groupOf(groups, "changed").at("/hint").asText())
                .startsWith(Plain.class.getName() + " has no equals");
    }

    private static JsonNode groupOf(JsonNode groups, String kind) {
        for (JsonNode group : groups) {
            if (group.at("/kind").asText().equals(kind)) {
                return group;
            }
        }
        throw new AssertionError("no group of " + kind + " in " + groups);
    }
}
