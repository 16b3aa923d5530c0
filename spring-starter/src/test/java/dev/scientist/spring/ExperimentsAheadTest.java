package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.ExperimentOptions;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.metrics.DecisionMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.util.ClassUtils;

@Tag("promise-12")
@DisplayName("Promise 12: an application is guarded once it has an experiment, and not before")
class ExperimentsAheadTest {

    /** An application with everything that the starter can bring, and with a database, a registry and a cache. */
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(StarterConfigurations.all())
            .withConfiguration(AutoConfigurations.of(
                    ClassUtils.resolveClassName("dev.scientist.spring.testing.RecordingAutoConfiguration", null)))
            .withUserConfiguration(GuardedDataSourcesTest.Pooled.class, GuardedTransactionsTest.Transactions.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(CacheManager.class, ConcurrentMapCacheManager::new)
            .withPropertyValues("management.endpoints.web.exposure.include=*", "scientist.logging=false");

    private static void isGuarded(ApplicationContext context, boolean expected) {
        ConfigurableTransactionManager transactions = context.getBean(DataSourceTransactionManager.class);
        Class<?> pool = context.getBean(HikariDataSource.class).getClass();

        assertThat(pool != HikariDataSource.class).as("data source").isEqualTo(expected);
        assertThat(!transactions.getTransactionExecutionListeners().isEmpty())
                .as("transaction manager")
                .isEqualTo(expected);
        assertThat(AopUtils.isAopProxy(context.getBean(CacheManager.class)))
                .as("caches")
                .isEqualTo(expected);
    }

    @Test
    void allOfTheStarterAloneTouchesNothing() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context)
                    .hasBean("scientistExperimentsEndpoint")
                    .hasSingleBean(ExperimentDecisions.class)
                    .hasSingleBean(DecisionMeters.class);
            isGuarded(context, false);
        });
    }

    /** A customizer for experiments, if there are any. */
    static class Settings implements ScientistCustomizer {

        private Scientist.@Nullable Builder last;

        @Override
        public void customize(Scientist.Builder builder) {
            last = builder;
        }

        public Scientist.@Nullable Builder last() {
            return last;
        }

        public <T> ExperimentOptions.Builder<T> half(ExperimentOptions.Builder<T> options) {
            return options.sampleRate(0.5);
        }
    }

    /** A publisher that is told of experiments, if there are any. */
    static class Listener implements TrialPublisher {

        @Override
        public void declared(Experiment<?> experiment) {
            throw new IllegalStateException("there is an experiment: " + experiment.name());
        }

        @Override
        public void publish(Trial<?> trial) {
            throw new IllegalStateException("there is a trial");
        }
    }

    /** An application that declares parts of this library itself. */
    @Configuration(proxyBeanMethods = false)
    static class OwnParts {

        @Bean
        Evidence evidence() {
            return Evidence.builder().build();
        }

        @Bean
        MismatchReservoir reservoir() {
            return MismatchReservoir.create();
        }
    }

    /** Does what {@link Listener} does, as a listener and not as a publisher. */
    static class Registry implements ExperimentListener {

        @Override
        public void declared(Experiment<?> experiment) {
            throw new IllegalStateException("there is an experiment: " + experiment.name());
        }

        @Override
        public void ended(Experiment<?> experiment) {
            throw new IllegalStateException("there was an experiment: " + experiment.name());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Settings.class, Listener.class, Registry.class, OwnParts.class})
    void whatOnlyServesExperimentsIsNone(Class<?> bean) {
        application.withUserConfiguration(bean).run(context -> {
            assertThat(context).hasNotFailed();
            isGuarded(context, false);
        });
    }

    static class Annotated {

        @ParallelRun(method = "newer")
        public int answer() {
            return 1;
        }

        public int newer() {
            return 1;
        }
    }

    static class InAField {
        Supplier<Experiment<Integer>[]> experiments;
    }

    static class InAConstructor {
        InAConstructor(Scientist scientist) {
            scientist.experiment("in-code");
        }
    }

    static class Inherited extends InAField {}

    @Configuration(proxyBeanMethods = false)
    static class AsABean {

        @Bean
        static Experiment<Integer> experiment() {
            return Scientist.create().experiment("of a Scientist of its own");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Annotated.class, InAField.class, InAConstructor.class, Inherited.class, AsABean.class})
    void whoeverMayHaveAnExperimentIsGuarded(Class<?> bean) {
        application.withUserConfiguration(bean).run(context -> {
            assertThat(context).hasNotFailed();
            isGuarded(context, true);
        });
    }

    @Test
    void thePropertySaysThatThereAreExperimentsWhichNobodySees() {
        application.withPropertyValues("scientist.guard-data-sources=true").run(context -> isGuarded(context, true));
    }

    @Test
    void cachesAreGuardedAlsoWhereDataSourcesAreNot() {
        application
                .withUserConfiguration(Annotated.class)
                .withPropertyValues("scientist.guard-data-sources=false")
                .run(context -> {
                    assertThat(context.getBean(HikariDataSource.class)).isExactlyInstanceOf(HikariDataSource.class);
                    assertThat(AopUtils.isAopProxy(context.getBean(CacheManager.class)))
                            .isTrue();
                });
    }
}
