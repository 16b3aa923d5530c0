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
 * Experiments whose calls have every verdict, every kind of difference and every outcome, so that each meter exists and
 * changes, including those of the Spring Boot starter. One of them, {@value #HEALTHY}, always matches: a dashboard
 * shows for it what it shows when nothing is wrong.
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

    /** Scrapes when the first experiment ends, before other publishers are told of the end. */
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
                registry.scrape(); // the first scrape after all calls registers the gauges of strata
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
        // A singleton that was registered like this is not closed with the application.
        application.getBeanFactory().registerSingleton("registry", registry);
        application.registerBean(LastScrape.class, () -> new LastScrape(registry));
        application.register(Application.class);
        application.refresh();
        return application.getBean(Scientist.class);
    }

    /** Makes some calls of every experiment. */
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
     * Closes the application.
     *
     * @return a scrape of the registry after the last call has ended and before the meters are removed
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
            // The caller gets the exception of the primary.
        }
    }

    /** Makes a call that the caller cancels once the candidate has been started. */
    private void cancelled() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        deliveries.runAsync(() -> answer, () -> {
            answer.cancel(true);
            return new CompletableFuture<>();
        });
    }
}
