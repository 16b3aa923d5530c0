package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Redactor;
import dev.scientist.comparators.Secret;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves what the development switch shows, what it goes on hiding, and where it refuses to run. */
@Tag("promise-13")
class ShownValuesTest {

    private static final String IBAN = "DK50-0040";

    record Customer(String name, @Secret String iban) {}

    record Quote(String total, Customer customer) {}

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
        Experiment<Quote> inCode(Scientist scientist) {
            return scientist.experiment("in.code");
        }

        @Bean
        Experiment<List<Quote>> documents(Scientist scientist, JsonComparator json) {
            return scientist.experiment("documents", options -> options.snapshot(json.snapshot()));
        }

        @Bean
        Experiment<Quote> cleaned(Scientist scientist) {
            return scientist.experiment("cleaned", options -> options.cleaner(UnaryOperator.identity()));
        }
    }

    static class Ledger {
        @ParallelRun(name = "pricing.quote", candidate = "rewrite")
        public List<Quote> quote(String customer) {
            return List.of(new Quote("10.00", new Customer("ann", IBAN)));
        }
    }

    static class Rewrite {
        public List<Quote> quote(String customer) {
            if (customer.equals("nobody")) {
                throw new IllegalStateException("no price\nfor nobody");
            }
            return List.of(new Quote("10.01", new Customer("ann", IBAN + "-1")));
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("scientist.defaults.start=same-thread", "scientist.logging=false");
    private final ApplicationContextRunner shown = runner.withPropertyValues("scientist.show-values=true");

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    private List<String> lines() {
        return log.at(Level.INFO).stream()
                .filter(line -> line.contains(": candidate: "))
                .toList();
    }

    @Test
    void eachKindIsShownOnceWithItsTwoValuesAndSecretsStayHidden() {
        shown.withPropertyValues("scientist.experiments.pricing.quote.comparator.type=json")
                .run(context -> {
                    context.getBean(Ledger.class).quote("ann");
                    context.getBean(Ledger.class).quote("ann");
                });

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "experiment pricing.quote: candidate: changed at /0/total: \"10.00\" -> \"10.01\"",
                        "experiment pricing.quote: candidate: changed at /0/customer/iban: \"<text>\" -> \"<text>\"");
        assertThat(log.at(Level.WARN)).anyMatch(line -> line.startsWith("scientist.show-values: "));
        assertThat(log.all()).noneMatch(line -> line.contains(IBAN));
    }

    @Test
    void secretsOfASnapshotAreKnownByWhatTheMethodDeclares() {
        shown.withPropertyValues("scientist.experiments.pricing.quote.snapshot=json")
                .run(context -> context.getBean(Ledger.class).quote("ann"));

        assertThat(lines())
                .anyMatch(line -> line.contains("\"10.00\" -> \"10.01\""))
                .anyMatch(line -> line.contains("/0/customer/iban: \"<text>\""));
        assertThat(log.all()).noneMatch(line -> line.contains(IBAN));
    }

    @Test
    @SuppressWarnings("unchecked")
    void ofDocumentsWhoseClassNobodyKnowsNothingIsShown() {
        shown.run(context -> ((Experiment<List<Quote>>) context.getBean("documents"))
                .run(
                        () -> List.of(new Quote("10.00", new Customer("ann", IBAN))),
                        () -> List.of(new Quote("10.01", new Customer("ann", IBAN)))));

        assertThat(lines())
                .containsExactly("experiment documents: candidate: changed at /0/total: \"<text>\" -> \"<text>\"");
    }

    @Test
    @SuppressWarnings("unchecked")
    void inCodeTheClassOfTheValuesTellsWhatIsSecret() {
        shown.run(context -> ((Experiment<Quote>) context.getBean("inCode"))
                .run(
                        () -> new Quote("10.00", new Customer("ann", IBAN)),
                        () -> new Quote("10.01", new Customer("ann", IBAN))));

        assertThat(lines()).singleElement().asString().contains("10.00", "10.01", "ann");
        assertThat(log.all()).noneMatch(line -> line.contains(IBAN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "deep", "keys", "long", "inner"})
    void ofAnswersWhoseClassesAreNotAllSeenNothingIsShown(String kind) {
        Function<Quote, Object> in = answersIn(kind);
        shown.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            Experiment<Object> experiment = scientist.experiment(
                    "held",
                    options -> options.comparator((primary, candidate) -> List.of(
                            Difference.of("/total", Difference.Kind.CHANGED, "10.00", "10.01"),
                            Difference.of("/customer/iban", Difference.Kind.CHANGED, IBAN, IBAN + "-1"))));
            experiment.run(
                    () -> in.apply(new Quote("10.00", new Customer("ann", IBAN))),
                    () -> in.apply(new Quote("10.01", new Customer("ann", IBAN))));
        });

        assertThat(lines()).hasSize(2);
        assertThat(log.all()).noneMatch(line -> line.contains(IBAN));
    }

    record Held<T>(T content) {}

    /** Answers with a quote in a place that neither a class nor a declaration shows. */
    private static Function<Quote, Object> answersIn(String kind) {
        return switch (kind) {
            case "deep" ->
                quote -> {
                    Object nested = quote;
                    for (int i = 0; i < 30; i++) {
                        nested = List.of(nested);
                    }
                    return nested;
                };
            case "keys" -> quote -> Map.of(quote, "a");
            case "long" ->
                quote -> Stream.concat(Collections.nCopies(500, "a").stream(), Stream.of(quote))
                        .toList();
            case "inner" -> quote -> List.of(new Held<>(quote));
            default -> Held::new;
        };
    }

    @Test
    void ofAHolderThatIsDeclaredTheDeclarationTells() {
        shown.withBean(Holding.class)
                .withBean(HoldingRewrite.class)
                .run(context -> context.getBean(Holding.class).quote());

        assertThat(lines()).singleElement().asString().contains("10.00", "10.01", "ann");
        assertThat(log.all()).noneMatch(line -> line.contains(IBAN));
    }

    static class Holding {
        @ParallelRun(name = "held", candidateType = HoldingRewrite.class)
        public Held<Quote> quote() {
            return new Held<>(new Quote("10.00", new Customer("ann", IBAN)));
        }
    }

    static class HoldingRewrite {
        public Held<Quote> quote() {
            return new Held<>(new Quote("10.01", new Customer("ann", IBAN)));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatACleanerLeavesOutIsLeftOut() {
        shown.run(context -> ((Experiment<Quote>) context.getBean("cleaned"))
                .run(
                        () -> new Quote("10.00", new Customer("ann", IBAN)),
                        () -> new Quote("10.01", new Customer("ann", IBAN))));

        assertThat(lines()).singleElement().asString().endsWith("a cleaner leaves the values out");
    }

    @Test
    void theApplicationsOwnRedactorHasItsSay() {
        shown.withBean(Redactor.class, () -> Redactor.hidingAll().showing("/*/customer"))
                .withPropertyValues("scientist.experiments.pricing.quote.comparator.type=json")
                .run(context -> {
                    context.getBean(Ledger.class).quote("ann");
                    context.getBean(Ledger.class).quote("nobody");
                });

        assertThat(lines())
                .hasSize(3)
                .anyMatch(line -> line.endsWith("/0/total: \"<text>\" -> \"<text>\""))
                .anyMatch(line -> line.endsWith("candidate threw: <text>"));
        assertThat(lines()).noneMatch(line -> line.contains("no price"));
    }

    @Test
    void whatASideThrewIsShownInOneLine() {
        shown.run(context -> context.getBean(Ledger.class).quote("nobody"));

        assertThat(lines()).singleElement().asString().endsWith("; candidate threw: no price for nobody");
    }

    @Test
    void theEndpointShowsThemToo() throws Exception {
        try (RunningApplication application = RunningApplication.start(
                Application.class,
                "scientist.show-values=true",
                "scientist.logging=false",
                "scientist.defaults.start=same-thread",
                "scientist.experiments.pricing.quote.comparator.type=json")) {
            application.bean(Ledger.class).quote("ann");

            JsonNode groups = application
                    .get("/actuator/experiments/pricing.quote/differences")
                    .json()
                    .at("/groups");

            assertThat(groups.findValues("values").toString())
                    .contains("changed at /0/total: \\\"10.00\\\" -> \\\"10.01\\\"")
                    .doesNotContain(IBAN);
        }
    }

    @Test
    void unlessAskedForNothingIsShown() {
        runner.run(context -> {
            context.getBean(Ledger.class).quote("ann");

            assertThat(context).doesNotHaveBean(ShownValues.class);
        });

        assertThat(log.all()).noneMatch(line -> line.contains("10.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "production", "PRD", "live", "eu-prod", "prod_eu", "pre-prod", "cloud,live.blue"})
    void aProfileOfProductionStopsTheStart(String profiles) {
        shown.withPropertyValues("spring.profiles.active=" + profiles)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageContaining("scientist.show-values must be false where the profile")
                        .hasMessageContaining("application-dev.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "test,local", "non-prod", "no_production", "product", "delivery", "reproduction"})
    void otherProfilesDoNot(String profiles) {
        shown.withPropertyValues("spring.profiles.active=" + profiles)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whereNoneIsActiveTheDefaultProfilesAreAsked() {
        shown.withPropertyValues("spring.profiles.default=production")
                .run(context -> assertThat(context).hasFailed());
    }
}
