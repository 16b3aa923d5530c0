package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.Scientist;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that properties which nothing reads are reported once, with what was probably meant. */
class UnknownPropertyTest {

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    /** Declares one experiment as late as a singleton can. */
    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        SmartInitializingSingleton experiments(Scientist scientist) {
            return () -> {
                scientist.experiment("pricing");
                scientist.experiment("pricing.quote");
                scientist.experiment("VatService.rate");
                scientist.experiment("delivery-date");
            };
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scientist.experiments.pricing.qoute.sample-rate=0 | for \"pricing.qoute\"  | did you mean \"pricing.quote\"?",
                "scientist.experiments[pricing.qoute].start=immediate | for \"pricing.qoute\" | did you mean \"pricing.quote\"?",
                "scientist.experiments.PricingServce.comparator.ignore[0]=/id | for \"PricingServce\" | was declared",
                "scientist.experiments.sales.total.sample-rte=0 | for \"sales.total\" | was declared",
                "scientist.experiments.pricing.quote.decision.sample-rate=0 | for \"pricing.quote.decision\" | was declared",
                "scientist.experiments.enabled=true | for \"enabled\" | was declared",
                "scientist.experiments.pricing.rewrite.sample-rte=0 | for \"pricing.rewrite\" | was declared",
                "scientist.enbled=false | scientist.enbled is not a property | did you mean \"enabled\"?",
                "scientist.maxconcurent=5 | scientist.maxconcurent is not a property | did you mean \"max-concurrent\"?",
                "scientist.enabled.foo=5 | scientist.enabled.foo is not a property | did you mean \"enabled\"?",
                "scientist.sample-rate=0 | scientist.sample-rate is not a property | did you mean \"defaults.sample-rate\"?",
                "scientist.experiment.x.y=1 | scientist.experiment.x.y is not a property | did you mean \"experiments\"?",
                "scientist.default.sample-rate=0 | scientist.default.sample-rate is not | did you mean \"defaults\"?",
                "scientist.something=1 | scientist.something is not a property of Scientist | Scientist"
            })
    void whatIsUnknownIsReportedOnceWithTheNearestName(String key, String what, String hint) {
        runner.withPropertyValues(key).run(context -> {
            assertThat(log.at(Level.WARN)).hasSize(1);
            assertThat(log.at(Level.WARN).get(0)).contains(what, hint);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scientist.experiments.pricing.quote.sample-rte=0 | scientist.experiments.pricing.quote.sample-rte | did you mean \"sample-rate\"?",
                "scientist.experiments.pricing.sample-rte=0 | scientist.experiments.pricing.sample-rte | did you mean \"sample-rate\"?",
                "scientist.experiments.pricing.quote.comparator.ignores=/a | scientist.experiments.pricing.quote.comparator.ignores | did you mean \"comparator.ignore\"?",
                "scientist.experiments[pricing.quote].comparator.ignores[0]=/a | scientist.experiments.pricing.quote.comparator.ignores | did you mean \"comparator.ignore\"?",
                "scientist.experiments.vat-service.rate.comparator.igonre=/a | scientist.experiments.VatService.rate.comparator.igonre | did you mean \"comparator.ignore\"?",
                "scientist.experiments.pricing.comparater.ignore=/a | scientist.experiments.pricing.comparater.ignore | did you mean \"comparator.ignore\"?",
                "scientist.experiments.pricing.quote.comparator.frequency=1 | scientist.experiments.pricing.quote.comparator.frequency | write one of comparator.type, comparator.ignore",
                "scientist.experiments.pricing.quote.comparator.rules.at=/a | scientist.experiments.pricing.quote.comparator.rules.at | begin each of them with a dash",
                "scientist.experiments.pricing.quote.decision.treshold=0.1 | pricing.quote.decision.treshold | did you mean \"decision.threshold\"?",
                "scientist.experiments.pricing.quote.decision.latency.slak=1 | pricing.quote.decision.latency.slak | did you mean \"decision.latency.slack\"?",
                "scientist.experiments.pricing.quote.frequency=1 | scientist.experiments.pricing.quote.frequency | write one of enabled, sample-rate",
                "scientist.defaults.decision.latency.slak=1 | defaults.decision.latency.slak | did you mean \"decision.latency.slack\"?",
                "scientist.defaults.comparator.ignores=/a | defaults.comparator.ignores | did you mean \"comparator.ignore\"?",
                "scientist.defaults.sample-rte=0 | scientist.defaults.sample-rte | did you mean \"sample-rate\"?"
            })
    void aMisspeltKeyOfADeclaredExperimentOrOfTheDefaultsStopsTheApplication(String key, String what, String hint) {
        runner.withPropertyValues(key)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageContaining(what + " is not a property of experiments")
                        .hasMessageContaining(hint));
    }

    @Test
    void aVariableOfTheEnvironmentWithAMisspeltKeyIsReported() {
        runner.withInitializer(Variables.of("SCIENTIST_EXPERIMENTS_PRICING_COMPARATOR_IGNORES", "/a"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(log.at(Level.WARN))
                            .singleElement()
                            .asString()
                            .contains("pricing.comparator.ignores", "did you mean \"comparator.ignore\"?");
                });
    }

    @Test
    void whatIsKnownIsNotReported() {
        runner.withPropertyValues(
                        "scientist.enabled=true",
                        "scientist.maxConcurrent=5",
                        "scientist.close_timeout=5s",
                        "scientist.experiments=",
                        "scientist.defaults.comparator.ignore[0]=/id",
                        "scientist.defaults.sampleRate=0.5",
                        "scientist.experiments.pricing.comparator.ignore=/id",
                        "scientist.experiments.pricing.comparator.rules[0].at=/items",
                        "scientist.experiments.pricing.comparator.rules[0].by-key[0]=/id",
                        "scientist.experiments.pricing.comparator.rules[1].at=/state",
                        "scientist.experiments.pricing.comparator.rules[1].mapped.IN_PROGRESS=open",
                        "scientist.experiments[pricing.quote].comparator.rules[0].side=candidate",
                        "scientist.experiments[pricing.quote].comparator.rules[0].rename.from=/a",
                        "scientist.experiments[pricing.quote].comparator.rules[0].rename.to=/b",
                        "scientist.experiments.pricing.quote.comparator.any-order[0]=/items",
                        "scientist.experiments.pricing.quote.decision.waived[0]=DK",
                        "scientist.experiments.pricing.decision.latency.quantiles[0]=0.5",
                        "scientist.experiments[pricing.quote].decision.max_age=1h",
                        "scientist.experiments.vat-service.rate.max_per_second=1",
                        "scientist.experiments[VatService.rate].start=immediate")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(log.at(Level.WARN)).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "SCIENTIST_CLOSE_TIMEOUT, 5s",
        "SCIENTIST_MAXCONCURRENT, 5",
        "SCIENTIST_EXPERIMENTS_PRICING_QUOTE_SAMPLE_RATE, 0.1",
        "SCIENTIST_EXPERIMENTS_PRICING_COMPARATOR_ANY_ORDER_0, /items",
        "SCIENTIST_EXPERIMENTS_VATSERVICE_RATE_SAMPLERATE, 0.1",
        "SCIENTIST_EXPERIMENTS_DELIVERYDATE_ENABLED, false",
        "SCIENTIST_EXPERIMENTS_DELIVERY_DATE_ENABLED, false"
    })
    void aVariableOfTheEnvironmentThatIsKnownIsNotReported(String variable, String value) {
        runner.withInitializer(Variables.of(variable, value)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(log.at(Level.WARN)).isEmpty();
        });
    }

    @Test
    void aVariableThatSpringDoesNotFindIsReported() {
        runner.withInitializer(Variables.of("SCIENTIST_EXPERIMENTS_VAT_SERVICE_RATE_ENABLED", "false"))
                .run(context -> assertThat(log.at(Level.WARN))
                        .singleElement()
                        .asString()
                        .contains("VatService.rate"));
    }

    @Test
    void aVariableThatIsNearlyAPropertyIsReported() {
        runner.withInitializer(Variables.of("SCIENTIST_ENBLED", "false"))
                .run(context -> assertThat(log.at(Level.WARN))
                        .singleElement()
                        .asString()
                        .contains("scientist.enbled is not a property", "did you mean \"enabled\"?"));
    }

    @ParameterizedTest
    @CsvSource({"SCIENTIST_SERVICE_HOST, 10.0.0.1", "SCIENTIST_PORT_8080_TCP, tcp", "SCIENTIST_JAVA_OPTIONS, -Xmx2g"})
    void aVariableThatIsSomebodyElsesIsNotReported(String variable, String value) {
        runner.withInitializer(Variables.of(variable, value)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(log.at(Level.WARN)).isEmpty();
        });
    }

    @Test
    void aVariableOfTheEnvironmentThatIsUnknownIsReported() {
        runner.withInitializer(Variables.of("SCIENTIST_EXPERIMENTS_PRICING_QOUTE_SAMPLE_RATE", "0.1"))
                .run(context -> assertThat(log.at(Level.WARN))
                        .hasSize(1)
                        .first()
                        .asString()
                        .contains("pricing.quote"));
    }
}
