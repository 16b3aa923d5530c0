package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Proves that the key and the attributes of a call come from its arguments, and only from those. */
class ExpressionsTest {

    record Customer(String id, String country, List<Integer> orders) {}

    static class Pricing {
        static final AtomicInteger ASKED = new AtomicInteger();

        @ParallelRun(
                method = "newer",
                name = "described",
                attributes = {
                    "country = #customer.country",
                    "first=#a0.orders[0]",
                    "big = #customer.orders.?[#this > 10].size()",
                    "pair = {id: #customer.id}",
                    "nothing = null"
                })
        public String quote(Customer customer) {
            return "quote";
        }

        @ParallelRun(method = "newer", name = "broken", attributes = "length = #customer.country.length()")
        public String broken(Customer customer) {
            return "quote";
        }

        @ParallelRun(method = "newer", name = "mistyped", key = "#customer.idd", options = "byKey")
        public String mistyped(Customer customer) {
            return "quote";
        }

        @ParallelRun(method = "newer", name = "keyed", key = "#p0.id", options = "byKey")
        public String keyed(Customer customer) {
            return "quote";
        }

        @ParallelRun(method = "newer", name = "costly", key = "T(dev.scientist.spring.ExpressionsTest$Pricing).ask()")
        public String costly(Customer customer) {
            return "quote";
        }

        @ParallelRun(method = "newerMono", name = "mono", attributes = "country = #customer.country")
        public Mono<String> mono(Customer customer) {
            return Mono.just("quote");
        }

        public String newer(Customer customer) {
            return "quote";
        }

        public Mono<String> newerMono(Customer customer) {
            return Mono.just("quote");
        }

        public static String ask() {
            return "asked " + ASKED.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByKey {
        static final List<Object> KEYS = new ArrayList<>();

        @Bean
        ExperimentCustomizer<String> byKey() {
            return options -> options.sampler((key, attributes) -> {
                KEYS.add(key);
                return true;
            });
        }
    }

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    private final ApplicationContextRunner application =
            Laboratory.application(ByKey.class).withBean(Pricing.class);

    @Test
    void attributesAreToldFromTheArguments() {
        application.run(context -> {
            context.getBean(Pricing.class).quote(new Customer("c-1", "DE", List.of(7, 20, 30)));

            assertThat(attributes(context))
                    .containsExactly(Map.of("country", "DE", "first", 7, "big", 2, "pair", Map.of("id", "c-1")));
        });
    }

    @Test
    void attributesOfAMonoAreToldToo() {
        application.run(context -> {
            context.getBean(Pricing.class)
                    .mono(new Customer("c-1", "DE", List.of()))
                    .block();

            assertThat(attributes(context)).containsExactly(Map.of("country", "DE"));
        });
    }

    @Test
    void theKeyIsToldFromTheArguments() {
        application.run(context -> {
            ByKey.KEYS.clear();

            context.getBean(Pricing.class).keyed(new Customer("c-1", "DE", List.of()));

            assertThat(ByKey.KEYS).containsExactly("c-1");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void nothingIsEvaluatedThatNobodyAsksFor() {
        application.run(context -> {
            Pricing.ASKED.set(0);

            context.getBean(Pricing.class).costly(new Customer("c-1", "DE", List.of()));

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
            assertThat(Pricing.ASKED).hasValue(0);
        });
    }

    @Test
    void anExpressionThatFailsIsContainedAndCounted() {
        application.run(context -> {
            String quote = context.getBean(Pricing.class).broken(new Customer("c-1", null, List.of()));

            Tally tally = context.getBean(Laboratory.Declared.class).tally("broken");
            assertThat(quote).isEqualTo("quote");
            assertThat(tally.count(Verdict.SKIPPED)).isEqualTo(1);
            assertThat(tally.hookFailures(Tally.Hook.ATTRIBUTES)).isEqualTo(1);
        });
    }

    @Test
    void aKeyThatFailsIsNamedOnceAndWithoutValues() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);

            pricing.mistyped(new Customer("c-1", "DE", List.of()));
            pricing.mistyped(new Customer("c-2", "DE", List.of()));

            Tally tally = context.getBean(Laboratory.Declared.class).tally("mistyped");
            assertThat(tally.hookFailures(Tally.Hook.SAMPLER)).isEqualTo(2);
            assertThat(log.at(Level.WARN))
                    .filteredOn(line -> line.contains("the expression of"))
                    .containsExactly("experiment mistyped: the expression of the key, \"#customer.idd\", of"
                            + " String ExpressionsTest.Pricing.mistyped(ExpressionsTest.Customer) failed with"
                            + " SpelEvaluationException PROPERTY_OR_FIELD_NOT_READABLE; calls for which it fails are not"
                            + " sampled, and counted as failures of the hook sampler");
            assertThat(log.all()).noneMatch(line -> line.contains("c-1"));
        });
    }

    @Test
    void anAttributeThatFailsIsNamed() {
        application.run(context -> {
            context.getBean(Pricing.class).broken(new Customer("c-1", null, List.of()));

            assertThat(log.at(Level.WARN))
                    .anyMatch(line -> line.startsWith("experiment broken: the expression of the attribute length,")
                            && line.endsWith("of the hook attributes"));
        });
    }

    @Test
    void textInAnArgumentIsDataAndNeverEvaluated() {
        String text = "T(dev.scientist.spring.ExpressionsTest$Pricing).ask()";

        application.run(context -> {
            Pricing.ASKED.set(0);
            for (String country : List.of(text, "#{" + text + "}", "${" + text + "}")) {
                context.getBean(Pricing.class).quote(new Customer("c-1", country, List.of(1)));
            }

            assertThat(attributes(context))
                    .extracting(attributes -> attributes.get("country"))
                    .containsExactly(text, "#{" + text + "}", "${" + text + "}");
            assertThat(Pricing.ASKED).hasValue(0);
        });
    }

    @Test
    void anExpressionThatMeetsObjectsOfOtherClassesGoesOn() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);

            for (int i = 0; i < 300; i++) { // more calls than SpEL needs to compile an expression
                pricing.quote(
                        new Customer("c-1", "country " + i, i % 2 == 0 ? List.of(i) : new ArrayList<>(List.of(i, i))));
            }

            assertThat(attributes(context))
                    .extracting(attributes -> attributes.get("country"))
                    .hasSize(300)
                    .endsWith("country 299");
        });
    }

    private static List<Map<String, Object>> attributes(ApplicationContext context) {
        return context.getBean(RecordingPublisher.class).trials().stream()
                .map(trial -> trial.attributes())
                .toList();
    }
}
