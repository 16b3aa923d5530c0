package dev.scientist.readme;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentRegistry;
import dev.scientist.IgnoreRule;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.metrics.MicrometerPublisher;
import dev.scientist.testing.ScientistExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of README.md, compiled and run. */
class ReadmeTest {

    record Request(String customer, String country, boolean isDiscounted) {}

    record Quote(BigDecimal amount, String issuedAt) {}

    record VendorPrice(BigDecimal price) {
        Quote toQuote() {
            return new Quote(price, "1970");
        }
    }

    interface Ledger {
        Quote quote(Request request) throws IOException;
    }

    interface Vendor {
        VendorPrice price(Request request);
    }

    /** The service under test of the last example. */
    static final class QuoteService {
        private final Experiment<Quote> quotes;
        private final Ledger ledger = request -> new Quote(BigDecimal.TEN, "1970");

        QuoteService(Scientist scientist) {
            this.quotes = scientist.experiment("pricing.quote");
        }

        Quote quote(Request request) throws IOException {
            return quotes.run(() -> ledger.quote(request), () -> ledger.quote(request));
        }
    }

    private final Request request = new Request("c-1", "DE", true);
    private final Ledger ledger = any -> new Quote(BigDecimal.TEN, "1970");
    private final Ledger rewrite = any -> new Quote(new BigDecimal("10.00"), "1971");
    private final Vendor vendor = any -> new VendorPrice(BigDecimal.TEN);

    @Test
    void theQuickStartReturnsThePrimarysQuote() throws IOException {
        Quote expected = ledger.quote(request);

        Quote quote = quickStart();

        assertThat(quote).isEqualTo(expected);
    }

    @Test
    void aCallIsDescribed() throws IOException {
        try (Scientist scientist = scientist()) {
            Experiment<Quote> quotes = scientist.experiment(
                    "pricing.quote",
                    options -> options.candidates("rewrite", "vendor").start(Start.SAME_THREAD));

            // tag::described-call[]
            Quote quote = quotes.call()
                    .key(request.customer())
                    .attribute("country", request.country())
                    .candidate("rewrite", () -> rewrite.quote(request))
                    .candidate("vendor", () -> vendor.price(request), VendorPrice::toQuote)
                    .run(() -> ledger.quote(request));
            // end::described-call[]

            assertThat(quote).isEqualTo(ledger.quote(request));
            assertThat(quotes.tally().count("rewrite", Verdict.MISMATCHED)).isEqualTo(1);
            assertThat(quotes.tally().count("vendor", Verdict.MATCHED)).isEqualTo(1);
        }
    }

    @Test
    void whatMattersIsCompared() throws IOException {
        try (Scientist scientist = scientist()) {
            // tag::comparing[]
            Experiment<Quote> quotes = scientist.experiment(
                    "pricing.quote",
                    options -> options.comparator(json().ignoring("/issuedAt").tolerance(0.005))
                            .ignore(IgnoreRule.<Quote>named("legacy forgets the discount")
                                    .owner("pricing")
                                    .reason("known since 2024, fixed by the rewrite")
                                    .expires(Instant.parse("2027-06-30T00:00:00Z"))
                                    .when((primary, candidate) -> request.isDiscounted())));
            // end::comparing[]

            quotes.run(() -> ledger.quote(request), () -> rewrite.quote(request));

            assertThat(quotes.tally().count(Verdict.MATCHED)).isEqualTo(1);
        }
    }

    @Test
    void thingsAreTurnedWhileTheyRun() {
        MeterRegistry registry = new SimpleMeterRegistry();

        // tag::operating[]
        Scientist scientist =
                Scientist.builder().publisher(new MicrometerPublisher(registry)).build();
        Experiment<Quote> quotes = scientist.experiment("pricing.quote");

        quotes.change(settings -> settings.sampleRate(0.5)); // effective at the next call
        scientist.disable(); // the kill switch
        // end::operating[]

        assertThat(quotes.settings().sampleRate()).isEqualTo(0.5);
        assertThat(scientist.isEnabled()).isFalse();
        assertThat(registry.find("scientist.trials").functionCounters()).isNotEmpty();
        scientist.close();
    }

    @Test
    void experimentsAreFoundByTheirNames() {
        // tag::registry[]
        ExperimentRegistry experiments = ExperimentRegistry.create();
        Scientist scientist = Scientist.builder().listener(experiments).build();
        // end::registry[]
        Experiment<Quote> declared = scientist.experiment("pricing.quote");
        StringBuilder page = new StringBuilder();

        // tag::registry-use[]
        for (Experiment<?> each : experiments.all()) {
            page.append(each.name()).append(' ').append(each.tally().count(Verdict.MISMATCHED));
        }
        experiments.find("pricing.quote").ifPresent(quotes -> quotes.change(settings -> settings.enabled(false)));
        // end::registry-use[]

        assertThat(page).hasToString("pricing.quote 0");
        assertThat(declared.settings().isEnabled()).isFalse();
        scientist.close();
    }

    @Test
    void theShareOfSampledCallsIsLoweredWhenThePrimarySuffers() {
        Scientist scientist = Scientist.create();

        // tag::adaptive-sampling[]
        Experiment<Quote> quotes = scientist.experiment(
                "pricing.quote", options -> options.sampleRate(0.1).sampling(Sampling.ADAPTIVE));
        // end::adaptive-sampling[]

        assertThat(quotes.settings().share()).isEqualTo(0.1);
        scientist.close();
    }

    // tag::testing[]
    @Test
    @ExtendWith(ScientistExtension.class)
    void theRewriteQuotesLikeTheLedger(Scientist scientist) throws IOException {
        new QuoteService(scientist).quote(request);
    }
    // end::testing[]

    private Quote quickStart() throws IOException {
        // tag::quick-start[]
        try (Scientist scientist = Scientist.create()) {
            Experiment<Quote> quotes = scientist.experiment(
                    "pricing.quote", options -> options.sampleRate(0.1).candidateTimeout(Duration.ofMillis(300)));

            return quotes.run(() -> ledger.quote(request), () -> rewrite.quote(request));
        }
        // end::quick-start[]
    }

    private static Scientist scientist() {
        return Scientist.builder()
                .logging(false)
                .defaults(options -> options.start(Start.SAME_THREAD))
                .build();
    }
}
