package dev.scientist.samples.observability;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.IgnoreRule;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Experiments that come to every verdict, every kind of difference and every outcome, so that each meter is there and
 * moves, those of the Spring Boot starter too. One of them, {@value #HEALTHY}, only ever matches: what a dashboard shows of it is what it shows on a good day.
 *
 * <p>Not thread-safe.
 */
final class Traffic implements AutoCloseable {

    static final String HEALTHY = "catalogue.search";

    private static final int HEALTHY_CALLS = 20; // in each round; about one call in 64 measures the overhead
    private static final Difference.Kind[] KINDS = Difference.Kind.values();
    private static final Difference.Severity[] SEVERITIES = Difference.Severity.values();

    private final CountDownLatch never = new CountDownLatch(1);
    private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
    private final PrometheusMeterRegistry registry;
    private final Experiment<String> search;
    private final Experiment<String> quotes;
    private final Experiment<String> holds;
    private final Experiment<String> refunds;
    private final Experiment<String> deliveries;
    private int round;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Scrapes when the first experiment ends, before anybody else is told. */
    private static final class LastScrape implements TrialPublisher, Ordered {

        private final PrometheusMeterRegistry registry;
        private volatile String text = "";

        LastScrape(PrometheusMeterRegistry registry) {
            this.registry = registry;
        }

        @Override
        public void publish(Trial<?> trial) {}

        @Override
        public void ended(Experiment<?> experiment) {
            if (text.isEmpty()) {
                registry.scrape(); // the gauges of strata appear with the first reading of what is settled
                text = registry.scrape();
            }
        }

        @Override
        public boolean isInline() {
            return true;
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    Traffic(PrometheusMeterRegistry registry) {
        this.registry = registry;
        Scientist scientist = scientist();
        search = scientist.experiment(HEALTHY);
        quotes = scientist.experiment(
                "pricing.quote",
                options -> options.candidates("rewrite", "vendor")
                        .comparator(this::differences)
                        .ignore(IgnoreRule.<String>named("legacy forgets the discount")
                                .owner("pricing")
                                .reason("known")
                                .when((primary, candidate) -> "known".equals(candidate.valueOrNull()))));
        holds = scientist.experiment(
                "booking.hold",
                options -> options.candidateTimeout(Duration.ofMillis(20)).comparator((primary, candidate) -> {
                    throw new IllegalStateException("cannot compare");
                }));
        refunds = scientist.experiment("payment.refund", options -> options.sampleRate(0.1));
        deliveries = scientist.experiment("delivery.date");
    }

    private Scientist scientist() {
        application
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("traffic", Map.of("scientist.logging", false)));
        application.getBeanFactory().registerSingleton("registry", registry); // not closed with the application
        application.registerBean(LastScrape.class, () -> new LastScrape(registry));
        application.register(Application.class);
        application.refresh();
        return application.getBean(Scientist.class);
    }

    /** Some calls of every experiment. */
    void round() {
        round++;
        for (int i = 0; i < HEALTHY_CALLS; i++) {
            search.run(() -> "found", () -> "found");
            refunds.run(() -> "paid", () -> "paid");
        }
        for (String answer : List.of("12.50", "12.51", "known")) {
            quotes.call()
                    .candidate("rewrite", () -> answer)
                    .candidate("vendor", () -> "12.50")
                    .run(() -> "12.50");
        }
        holds.run(() -> "held", () -> "held");
        holds.run(() -> "held", () -> {
            throw new IllegalStateException("candidate");
        });
        holds.run(() -> "held", () -> {
            never.await();
            return "late";
        });
        primaryFails();
        cancelled();
    }

    /**
     * Ends it.
     *
     * @return what the registry shows once nothing is in flight any more, and before the meters go
     */
    String last() {
        LastScrape last = application.getBean(LastScrape.class);
        close();
        return last.text;
    }

    @Override
    public void close() {
        application.close();
    }

    private List<Difference> differences(String primary, String candidate) {
        Difference.Kind kind = KINDS[round % KINDS.length];
        Difference.Severity severity = SEVERITIES[round % SEVERITIES.length];
        return primary.equals(candidate)
                ? List.of()
                : List.of(Difference.of("/total", kind, primary, candidate).withSeverity(severity));
    }

    private void primaryFails() {
        try {
            holds.run(
                    () -> {
                        throw new IllegalStateException("primary");
                    },
                    () -> "held");
        } catch (IllegalStateException expected) {
            // the caller gets what the primary threw
        }
    }

    /** By the caller, once the candidate is under way. */
    private void cancelled() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        deliveries.runAsync(() -> answer, () -> {
            answer.cancel(true);
            return new CompletableFuture<>();
        });
    }
}
