package dev.scientist.spring;

import dev.scientist.ExperimentRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Configures what {@link ParallelRun} needs: an advisor for Spring's proxies, a check before they are
 * made, and the plans of the annotated methods. It needs a {@code Scientist} in the context, and looks for
 * it when the first plan is made.
 *
 * <p>All beans here are infrastructure, depend on no other bean, and are created by static methods
 * before the application's beans.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@Import({ParallelRunProxies.class, GuardConfiguration.class})
class ParallelRunConfiguration {

    private static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 100; // outside of caching and transactions

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotatedMethods scientistAnnotatedMethods(Environment environment) {
        return new AnnotatedMethods(environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EarlyBeans scientistEarlyBeans(ConfigurableListableBeanFactory beans, AnnotatedMethods annotated) {
        return new EarlyBeans(beans, annotated);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AbsentCandidates scientistAbsentCandidates() {
        return new AbsentCandidates();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ExperimentsAhead scientistExperimentsAhead(
            ConfigurableListableBeanFactory beans, AnnotatedMethods annotated, ConfigurableEnvironment environment) {
        return new ExperimentsAhead(beans, annotated, environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static StructureCheck scientistStructureCheck(AnnotatedMethods annotated, Environment environment) {
        return new StructureCheck(annotated, ParallelRunProxies.areOfClasses(environment));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AroundRetries scientistAroundRetries(AnnotatedMethods annotated) {
        return new AroundRetries(annotated);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Plans scientistPlans(
            ConfigurableListableBeanFactory beans,
            AnnotatedMethods annotated,
            StructureCheck structure,
            EarlyBeans early) {
        return new Plans(beans, annotated, structure, new ProxyCheck(beans, early));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SharingCheck scientistSharingCheck(ConfigurableEnvironment environment) {
        return new SharingCheck(Switches.isOn(environment, "strict", false));
    }

    @Bean
    static StartTable scientistStartTable(
            ApplicationContext context,
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            ObjectProvider<ExperimentRegistry> experiments,
            AbsentCandidates absent,
            SharingCheck sharing,
            ObjectProvider<Protection.OfAll> protections) {
        return new StartTable(
                context,
                experiments.getIfAvailable(ExperimentRegistry::create),
                absent,
                sharing,
                protections.getIfAvailable(Protection.OfAll::new),
                new GuardReport(beans, environment));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ParallelRunAdvisor scientistParallelRunAdvisor(Plans plans, Environment environment) {
        return new ParallelRunAdvisor(
                plans, environment.getProperty("scientist.advice-order", Integer.class, DEFAULT_ORDER));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LocaleCarrier scientistLocaleCarrier() {
        return new LocaleCarrier();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static HoldersCarrier scientistHoldersCarrier() {
        return new HoldersCarrier();
    }

    /** Keeps candidates from changing the application's caches. */
    @Configuration(proxyBeanMethods = false)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnSwitch("guard-caches")
    static class Caches {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CacheWrites scientistCacheWrites() {
            return new CacheWrites();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static GuardedCacheManagers scientistGuardedCacheManagers(ExperimentsAhead experiments, CacheWrites writes) {
            return new GuardedCacheManagers(experiments, writes);
        }
    }

    /** Carries the caller's security context to candidates, if the application has Spring Security. */
    @Configuration(proxyBeanMethods = false)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class Secured {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static SecurityCarrier scientistSecurityCarrier(ObjectProvider<SecurityContextHolderStrategy> strategies) {
            return new SecurityCarrier(strategies);
        }
    }

    /** Observes candidates if the application has Micrometer's observations. */
    @Configuration(proxyBeanMethods = false)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnSwitch("observe-candidates")
    static class Observed {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CandidateObservation scientistCandidateObservation(ObjectProvider<ObservationRegistry> registries) {
            return new CandidateObservation(registries);
        }
    }
}
