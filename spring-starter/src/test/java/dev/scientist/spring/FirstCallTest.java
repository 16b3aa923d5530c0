package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import jakarta.annotation.PostConstruct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/**
 * Proves that plans are made at the first call for calls that come before the start is over, and for beans whose
 * class is not known at the start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstCallTest {

    interface Pricing {
        String quote(String text);
    }

    static class Legacy implements Pricing {
        @Override
        @ParallelRun(method = "newer")
        public String quote(String text) {
            return "quote of " + text;
        }

        public String newer(String text) {
            return "quote of " + text;
        }
    }

    static class Miswired implements Pricing {
        @Override
        @ParallelRun(candidate = "nobody")
        public String quote(String text) {
            return "quote of " + text;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Unknown {
        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Pricing pricing() {
            return new Legacy();
        }

        @Bean
        @Lazy
        Pricing miswired() {
            return new Miswired();
        }
    }

    @Test
    void aBeanOfAnUnknownClassGetsItsPlanAtTheFirstCall() {
        Laboratory.application(Unknown.class).run(context -> {
            List<String> before = context.getBean(Laboratory.Declared.class).names();

            context.getBean("pricing", Pricing.class).quote("a");
            context.getBean("pricing", Pricing.class).quote("a");

            assertThat(before).isEmpty();
            assertThat(context.getBean(Laboratory.Declared.class).names())
                    .containsExactly("FirstCallTest.Legacy.quote");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
        });
    }

    @Test
    void aPlanThatFailsAtTheFirstCallIsReportedOnceAndNeverReachesTheCaller(CapturedOutput output) {
        Laboratory.application(Unknown.class).run(context -> {
            Pricing pricing = context.getBean("miswired", Pricing.class);

            List<String> quotes = List.of(pricing.quote("a"), pricing.quote("b"), pricing.quote("c"));

            assertThat(quotes).containsExactly("quote of a", "quote of b", "quote of c");
            assertThat(output.toString().split("runs its primary only", -1)).hasSize(2);
            assertThat(output).contains("There is no bean \"nobody\"");
        });
    }

    /** Breaks the log, as a broken appender or filter of the application does. */
    private static final class BrokenLogging extends TurboFilter implements AutoCloseable {
        private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        private final AtomicInteger errors = new AtomicInteger();

        BrokenLogging() {
            loggers.addTurboFilter(this);
        }

        @Override
        public FilterReply decide(
                Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable error) {
            if (level == Level.ERROR && logger.getName().startsWith("dev.scientist")) {
                errors.incrementAndGet();
                throw new IllegalStateException("broken logging");
            }
            return FilterReply.NEUTRAL;
        }

        @Override
        public void close() {
            loggers.getTurboFilterList().remove(this);
        }
    }

    @Test
    @Tag("promise-2")
    void aPlanWhoseFailureCannotBeLoggedDoesNotReachTheCallerEither() {
        Laboratory.application(Unknown.class).run(context -> {
            Pricing pricing = context.getBean("miswired", Pricing.class);

            try (BrokenLogging broken = new BrokenLogging()) {
                List<String> quotes = List.of(pricing.quote("a"), pricing.quote("b"));

                assertThat(quotes).containsExactly("quote of a", "quote of b");
                assertThat(broken.errors).hasPositiveValue();
            }
        });
    }

    static class Early {
        final List<String> quotes = new ArrayList<>();
        private final Pricing pricing;

        Early(Pricing pricing) {
            this.pricing = pricing;
        }

        @PostConstruct
        void call() {
            quotes.add(pricing.quote("a"));
        }
    }

    @Test
    void aCallBeforeTheStartIsOverRunsTheExperiment() {
        Laboratory.application().withBean(Legacy.class).withBean(Early.class).run(context -> {
            assertThat(context.getBean(Early.class).quotes).containsExactly("quote of a");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void aMiswiredBeanThatIsCalledEarlyStillStopsTheApplication(CapturedOutput output) {
        Laboratory.application().withBean(Miswired.class).withBean(Early.class).run(context -> {
            assertThat(context).getFailure().isInstanceOf(WrongWiringException.class);
            assertThat(output).contains("Miswired.quote(String) runs its primary only");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Circular {
        @Bean
        Scientist scientist(Pricing pricing) {
            pricing.quote("while the scientist is being made");
            return Scientist.builder().logging(false).build();
        }
    }

    @Test
    void aCallWhileTheScientistIsMadeRunsThePrimaryOnly() {
        new ApplicationContextRunner()
                .withUserConfiguration(ParallelRunConfiguration.class, Circular.class)
                .withBean(Legacy.class)
                .run(context -> {
                    String quote = context.getBean(Pricing.class).quote("a");

                    assertThat(quote).isEqualTo("quote of a");
                    assertThat(context).hasNotFailed();
                });
    }

    @Test
    void firstCallsOnManyThreadsDeclareOneExperiment() throws Exception {
        int threads = 8;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);

        Laboratory.application(Unknown.class).run(context -> {
            List<Future<String>> quotes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Pricing pricing = context.getBean("pricing", Pricing.class);
                quotes.add(callers.submit(() -> {
                    together.await();
                    return pricing.quote("a");
                }));
            }

            for (Future<String> quote : quotes) {
                assertThat(quote.get()).isEqualTo("quote of a");
            }
            assertThat(context.getBean(Laboratory.Declared.class).names()).hasSize(1);
        });
        callers.shutdown();
    }
}
