package dev.scientist.spring;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** The code of docs/annotation.md, compiled and run. */
class AnnotationPageTest {

    /** Members of an interface are static without the word, which the page leaves out too. */
    interface Page {

        static Quote quote(QuoteRequest request) {
            return new Quote(request.net(), "EUR");
        }

        static Quote rewritten(QuoteRequest request) {
            return new Quote(request.net(), "EUR");
        }

        record QuoteRequest(String customerId, String country, BigDecimal net) {
            QuoteRequest copy() {
                return new QuoteRequest(customerId, country, net);
            }
        }

        record Quote(BigDecimal amount, String currency) {}

        // tag::annotation[]
        @Service
        class PricingService {

            @ParallelRun(
                    candidate = "rewrittenPricing",
                    key = "#request.customerId",
                    attributes = "country = #request.country",
                    options = "quoteOptions")
            public Quote quote(QuoteRequest request) {
                return new Quote(request.net(), "EUR");
            }
        }
        // end::annotation[]

        class RewrittenPricing {
            public Quote quote(QuoteRequest request) {
                return new Quote(request.net(), "EUR");
            }
        }

        @Configuration(proxyBeanMethods = false)
        class Options {
            // tag::annotation-options[]
            @Bean
            ExperimentCustomizer<Quote> quoteOptions() {
                return options -> options.comparator(json().ignoring("/issuedAt"))
                        .runIf(call -> "DE".equals(call.get("country")))
                        .argumentCopier(QuoteRequest.class, QuoteRequest::copy);
            }
            // end::annotation-options[]
        }

        // tag::annotation-interface[]
        interface TaxService {
            @ParallelRun(candidateType = TableTaxes.class)
            BigDecimal taxOf(BigDecimal net);
        }

        @Component
        class LegacyTaxes implements TaxService {
            @Override
            public BigDecimal taxOf(BigDecimal net) {
                return net.multiply(new BigDecimal("0.19"));
            }
        }

        @Component
        class TableTaxes implements TaxService {
            @Override
            public BigDecimal taxOf(BigDecimal net) {
                return net.multiply(new BigDecimal("0.190"));
            }
        }
        // end::annotation-interface[]

        // tag::annotation-inside[]
        @Service
        class BasketService {
            private final Experiment<Quote> quotes;

            BasketService(Scientist scientist) {
                this.quotes = scientist.experiment("BasketService.quote");
            }

            public List<Quote> quoteAll(List<QuoteRequest> requests) {
                return requests.stream()
                        .map(request -> quotes.run(() -> quote(request), () -> rewritten(request)))
                        .toList();
            }
        }
        // end::annotation-inside[]
    }

    private final Page.QuoteRequest request = new Page.QuoteRequest("c-1", "DE", BigDecimal.TEN);

    private final ApplicationContextRunner application = Laboratory.application(Page.Options.class)
            .withBean(Page.PricingService.class)
            .withBean("rewrittenPricing", Page.RewrittenPricing.class)
            .withBean(Page.LegacyTaxes.class)
            .withBean(Page.TableTaxes.class)
            .withBean(Page.BasketService.class);

    @Test
    void theConditionOfTheOptionsSeesTheAttributes() {
        application.run(context -> {
            Page.PricingService pricing = context.getBean(Page.PricingService.class);

            pricing.quote(request);
            pricing.quote(new Page.QuoteRequest("c-2", "FR", BigDecimal.ONE));

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void theImplementationThatIsNotTheCandidateIsThePrimary() {
        application.run(context -> {
            BigDecimal tax = context.getBean(Page.LegacyTaxes.class).taxOf(BigDecimal.TEN);

            assertThat(tax).isEqualByComparingTo("1.9");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
        });
    }

    @Test
    void anExperimentInCodeSeesCallsFromInside() {
        application.run(context -> {
            List<Page.Quote> quotes = context.getBean(Page.BasketService.class).quoteAll(List.of(request, request));

            assertThat(quotes).hasSize(2);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
        });
    }
}
