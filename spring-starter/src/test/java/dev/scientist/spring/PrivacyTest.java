package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that the arguments and answers of both sides stay in the process. */
@Tag("promise-13")
class PrivacyTest {

    private static final String SECRET = "s3cret";

    record Request(String customer) {
        @Override
        public String toString() {
            return "customer " + SECRET;
        }
    }

    record Quote(String customer, String total) {}

    /** A service with an annotated method, and one with an experiment in code; their candidates disagree and fail. */
    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        Ledger ledger() {
            return new Ledger();
        }

        @Bean
        Rewrite rewrite() {
            return new Rewrite();
        }

        @Bean
        Experiment<Quote> quotes(Scientist scientist) {
            return scientist.experiment("quotes");
        }
    }

    static class Ledger {
        @ParallelRun(
                name = "ledger",
                candidate = "rewrite",
                key = "#request.customer",
                attributes = "customer = #request.customer")
        Quote quote(Request request) {
            return new Quote(request.customer(), SECRET + "-1");
        }
    }

    static class Rewrite {
        Quote quote(Request request) {
            return new Quote(request.customer(), SECRET + "-2");
        }
    }

    @AutoClose
    private final RunningApplication application = RunningApplication.start(
            Application.class,
            "scientist.defaults.start=" + Start.SAME_THREAD,
            "scientist.experiments.ledger.comparator.type=json");

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    @Test
    void noValueIsShownByTheEndpointTheLogOrTheMeters() throws Exception {
        @SuppressWarnings("unchecked")
        Experiment<Quote> quotes = application.bean(Experiment.class);
        Request request = new Request(SECRET);

        application.bean(Ledger.class).quote(request);
        quotes.run(request, asked -> new Quote(SECRET, "1"), asked -> {
            throw new IllegalStateException("no price for " + SECRET);
        });
        List<String> shown = List.of(
                application.get("/actuator/experiments").body(),
                application.get("/actuator/experiments/ledger").body(),
                application.get("/actuator/experiments/ledger/differences").body(),
                application.get("/actuator/experiments/quotes/differences").body(),
                application.get("/actuator/configprops/scientist").body(),
                application.bean(MeterRegistry.class).getMeters().stream()
                        .map(meter -> meter.getId().toString())
                        .collect(Collectors.joining("\n")),
                String.join("\n", log.at(Level.WARN)),
                String.join("\n", log.at(Level.INFO)));

        assertThat(shown.get(2)).contains("\"path\":\"/total\"", "\"count\":1");
        assertThat(shown.get(3)).contains("\"kind\":\"error\"", "java.lang.IllegalStateException");
        assertThat(shown).noneMatch(text -> text.contains(SECRET));
        assertThat(shown.get(6)).contains("experiment ledger", "/total");
    }
}
