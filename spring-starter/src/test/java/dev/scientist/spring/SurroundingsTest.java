package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

@Tag("promise-10")
@DisplayName(
        "Promise 10: trace, MDC, locale, accessors and Reactor context reach the candidate and are gone afterwards")
class SurroundingsTest {

    private static final String TENANT = "test.tenant";
    private static final ThreadLocal<String> TENANTS = new ThreadLocal<>();

    static class Pricing {
        final Queue<String> seen = new ConcurrentLinkedQueue<>();
        final ObservationRegistry observations;

        Pricing() {
            this(ObservationRegistry.NOOP);
        }

        Pricing(ObservationRegistry observations) {
            this.observations = observations;
        }

        @ParallelRun(method = "newer")
        public String quote() {
            return "quote";
        }

        public String newer() {
            seen.add(describe(observations));
            return "quote";
        }

        @ParallelRun(method = "newerStage")
        public CompletableFuture<String> stage() {
            return CompletableFuture.completedFuture("quote");
        }

        public CompletableFuture<String> newerStage() {
            seen.add(describe(observations));
            return CompletableFuture.completedFuture("quote");
        }

        @ParallelRun(method = "newerMono")
        public Mono<String> mono() {
            return Mono.just("quote");
        }

        public Mono<String> newerMono() {
            return Mono.deferContextual(context -> {
                seen.add(describe(observations) + " context " + user(context));
                return Mono.just("quote");
            });
        }

        @ParallelRun(method = "newerFlux")
        public Flux<String> flux() {
            return Flux.just("quote");
        }

        public Flux<String> newerFlux() {
            return Flux.deferContextual(context -> {
                seen.add(describe(observations) + " context " + user(context));
                return Flux.error(new IllegalStateException("rewrite down"));
            });
        }

        private static Object user(ContextView context) {
            return context.getOrDefault("user", "nobody");
        }

        private static String describe(ObservationRegistry observations) {
            Observation current = observations.getCurrentObservation();
            Observation parent = current == null
                    ? null
                    : (Observation) current.getContextView().getParentObservation();
            return "trace "
                    + (current == null ? null : current.getContextView().getName())
                    + (parent == null ? "" : " in " + parent.getContextView().getName())
                    + " mdc " + MDC.get("order")
                    + " locale " + LocaleContextHolder.getLocale() + " "
                    + LocaleContextHolder.getTimeZone().getID()
                    + " tenant " + TENANTS.get();
        }
    }

    private final TestObservationRegistry observations = TestObservationRegistry.create();

    // It has one worker, so that the next candidate would see what another one has left behind.
    private final ApplicationContextRunner application = Laboratory.application()
            .withPropertyValues(Laboratory.START + "=AFTER_PRIMARY", Laboratory.MOST + "=1")
            .withBean(ObservationRegistry.class, () -> observations)
            .withBean(Pricing.class, () -> new Pricing(observations));

    @BeforeEach
    void registerAnAccessor() {
        LocaleContextHolder.setDefaultLocale(Locale.ROOT);
        LocaleContextHolder.setDefaultTimeZone(TimeZone.getTimeZone("UTC"));
        ContextRegistry.getInstance().registerThreadLocalAccessor(TENANT, TENANTS);
    }

    @AfterEach
    void removeTheAccessor() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(TENANT);
        LocaleContextHolder.setDefaultLocale(null);
        LocaleContextHolder.setDefaultTimeZone(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "stage"})
    void whatIsAroundTheCallerReachesTheCandidateAndIsGoneAfterwards(String answer) {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            Runnable call = answer.equals("value")
                    ? pricing::quote
                    : () -> pricing.stage().join();

            within(call);
            Laboratory.settle(context);
            call.run();
            Laboratory.settle(context);

            assertThat(Laboratory.target(pricing).seen)
                    .containsExactly(
                            "trace scientist.candidate in http mdc o-1 locale pt_BR America/Sao_Paulo tenant acme",
                            "trace scientist.candidate mdc null locale  UTC tenant null");
        });
    }

    @Test
    void theReactorContextReachesTheCandidateOfAMono() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);

            within(() ->
                    pricing.mono().contextWrite(own -> own.put("user", "ada")).block());
            Laboratory.settle(context);
            pricing.mono().block();
            Laboratory.settle(context);

            assertThat(Laboratory.target(pricing).seen)
                    .containsExactly(
                            "trace http mdc o-1 locale pt_BR America/Sao_Paulo tenant acme context ada",
                            "trace null mdc null locale  UTC tenant null context nobody");
        });
    }

    @Test
    void eachRunOfACandidateIsAnObservationToItsEnd() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            Queue<String> ended = new ConcurrentLinkedQueue<>();
            observations.observationConfig().observationHandler(telling(ended));

            List<Runnable> calls = List.of(
                    pricing::quote,
                    () -> pricing.stage().join(),
                    () -> pricing.mono().block(),
                    () -> pricing.flux().collectList().block());
            calls.forEach(call -> {
                within(call);
                Laboratory.settle(context);
            });

            assertThat(ended)
                    .containsExactlyInAnyOrder(
                            "SurroundingsTest.Pricing.quote in http",
                            "SurroundingsTest.Pricing.stage in http",
                            "SurroundingsTest.Pricing.mono in http",
                            "SurroundingsTest.Pricing.flux in http failed");
        });
    }

    @Test
    @Tag("promise-13")
    void anObservationHoldsTheClassOfAnErrorAndNotItsMessage() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            pricing.flux().collectList().block();
            Laboratory.settle(context);

            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("scientist.candidate")
                    .that()
                    .satisfies(observed -> assertThat(observed.getError())
                            .hasNoCause()
                            .extracting(Throwable::getMessage)
                            .asString()
                            .matches("[\\w.$]+"));
        });
    }

    @Test
    void aHandlerOfObservationsThatThrowsDecidesNoVerdict() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            observations.observationConfig().observationHandler(failing());

            pricing.quote();
            Laboratory.settle(context);
            pricing.mono().block();
            Laboratory.settle(context);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
        });
    }

    @Test
    void candidatesAreNotObservedWhereThePropertySaysSo() {
        application.withPropertyValues("scientist.observe-candidates=false").run(context -> {
            context.getBean(Pricing.class).quote();
            Laboratory.settle(context);

            TestObservationRegistryAssert.assertThat(observations).doesNotHaveAnyObservation();
            assertThat(Laboratory.target(context.getBean(Pricing.class)).seen).hasSize(1);
        });
    }

    @Test
    void anApplicationWithoutObservationsRunsItsCandidatesToo() {
        Laboratory.application().withBean(Pricing.class).run(context -> {
            context.getBean(Pricing.class).quote();
            context.getBean(Pricing.class).flux().collectList().block();

            assertThat(Laboratory.verdicts(context)).hasSize(2);
        });
    }

    private static ObservationHandler<Observation.Context> telling(Queue<String> ended) {
        return new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                if (context.getName().equals("scientist.candidate")) {
                    ended.add(context.getLowCardinalityKeyValue("experiment").getValue()
                            + " in "
                            + context.getParentObservation().getContextView().getName()
                            + (context.getError() == null ? "" : " failed"));
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        };
    }

    private static ObservationHandler<Observation.Context> failing() {
        return new ObservationHandler<>() {
            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("handler");
            }

            @Override
            public void onScopeOpened(Observation.Context context) {
                throw new IllegalStateException("handler");
            }

            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("handler");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        };
    }

    /** Sets what a request brings along, does some work, and takes it away again. */
    private void within(Runnable work) {
        MDC.put("order", "o-1");
        TENANTS.set("acme");
        LocaleContextHolder.setLocaleContext(new SimpleTimeZoneAwareLocaleContext(
                Locale.forLanguageTag("pt-BR"), TimeZone.getTimeZone("America/Sao_Paulo")));
        try {
            Observation.createNotStarted("http", observations).observe(work);
        } finally {
            MDC.clear();
            TENANTS.remove();
            LocaleContextHolder.resetLocaleContext();
        }
    }
}
