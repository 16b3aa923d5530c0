package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Proves that what real applications have around experiments does not change what is counted. */
class HostileSurroundingsTest {

    static class Pricing {
        final AtomicInteger candidateCalls = new AtomicInteger();
        final List<Boolean> synchronizations = new ArrayList<>();

        @ParallelRun(method = "newer")
        public String quote() {
            return "quote";
        }

        public String newer() {
            candidateCalls.incrementAndGet();
            synchronizations.add(TransactionSynchronizationManager.isSynchronizationActive());
            return "quote";
        }

        int calls() {
            return candidateCalls.get();
        }

        List<Boolean> seen() {
            return synchronizations;
        }
    }

    /** A second proxy creator, as some security libraries bring one. */
    @Configuration(proxyBeanMethods = false)
    static class TwoCreators {

        @Bean
        static DefaultAdvisorAutoProxyCreator another() {
            DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
            creator.setProxyTargetClass(true);
            return creator;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScientist {

        @Bean
        Scientist ownScientist() {
            return Scientist.builder().logging(false).build();
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application().withBean(Pricing.class);

    @Test
    @Tag("promise-4")
    void twoProxiesAroundABeanRunItsExperimentOnce() {
        application.withUserConfiguration(TwoCreators.class).run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            pricing.quote();

            assertThat(pricing.calls()).isEqualTo(1);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    @Tag("promise-10")
    void synchronizationWithoutATransactionDoesNotReachTheCandidateEither() {
        application.run(context -> {
            Pricing pricing = context.getBean(Pricing.class);
            TransactionSynchronizationManager.initSynchronization();
            try {
                pricing.quote();
            } finally {
                TransactionSynchronizationManager.clear();
            }

            assertThat(pricing.seen()).containsExactly(false);
        });
    }

    @Test
    void aScientistOfOnesOwnHasNoneOfTheProperties() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withUserConfiguration(OwnScientist.class)
                .withBean(Pricing.class)
                .withPropertyValues("scientist.experiments.any.sample-rate=7")
                .run(context -> {
                    context.getBean(Pricing.class).quote();

                    assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(ExperimentRegistry.class);
                });
    }

    @Test
    void aChildContextHasAScientistOfItsOwn() {
        ApplicationContextRunner scientists = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

        scientists.run(parent -> scientists
                .withParent(parent)
                .withBean(Pricing.class)
                .run(child -> assertThat(child.getBean(ExperimentRegistry.class).all())
                        .singleElement()
                        .satisfies(experiment ->
                                assertThat(experiment.name()).isEqualTo("HostileSurroundingsTest.Pricing.quote"))));
    }
}
