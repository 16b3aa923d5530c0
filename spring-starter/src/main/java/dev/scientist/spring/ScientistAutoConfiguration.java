package dev.scientist.spring;

import dev.scientist.ContextCarrier;
import dev.scientist.ExperimentListener;
import dev.scientist.ExperimentRegistry;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.TrialPublisher;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Redactor;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.metrics.DecisionMeters;
import dev.scientist.metrics.MicrometerPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Configures the {@link Scientist} of an application from its properties and from what the application already has.
 * Every bean yields to a bean of its type that the application declares itself. The names of beans begin with {@code
 * scientist}, so that the application is free in the names of its own.
 *
 * <p>The configurations that must come first are named as text: Spring Boot 4 moved them, and
 * this class runs on both lines.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
        })
@EnableConfigurationProperties(ScientistProperties.class)
class ScientistAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MismatchReservoir scientistMismatchReservoir() {
        return MismatchReservoir.create();
    }

    /** Compares JSON documents that the application's own mapper writes. */
    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnAnyJackson.class)
    JsonComparator scientistJsonComparator(ConfigurableListableBeanFactory beans) {
        return ApplicationMapper.find(beans).map(JsonComparator.json()::mapper).orElseGet(JsonComparator::json);
    }

    @Bean
    static Drain scientistDrain(ApplicationContext context, ConfigurableListableBeanFactory beans) {
        return new Drain(context, beans);
    }

    /**
     * The Scientist and what applies its properties, one for each context; absent if the
     * application declares its own Scientist.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(value = Scientist.class, search = SearchStrategy.CURRENT)
    static class Own {

        @Bean(destroyMethod = "close")
        Scientist scientistOfApplication(
                ScientistProperties properties,
                PropertyLayers layers,
                ConfiguredExperiments configured,
                DeclaredRules rules,
                Protection.OfAll protections,
                ConfigurableEnvironment environment,
                ObjectProvider<ExperimentListener> listeners,
                ObjectProvider<TrialPublisher> publishers,
                ObjectProvider<ContextCarrier> carriers,
                ObjectProvider<ScientistCustomizer> customizers) {
            layers.checkDefaults();
            configured.check();
            Scientist.Builder builder = Scientist.builder();
            properties.apply(builder, environment);
            listeners.orderedStream().forEach(builder::listener); // also publishers, which are told once all the same
            publishers.orderedStream().forEach(builder::publisher);
            carriers.orderedStream().forEach(builder::contextCarrier);
            builder.customizer(layers::applyOwn);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            builder.customizer(protections::remember);
            builder.customizer(rules::remember); // after everything that may choose another comparator
            builder.defaults(layers::applyDefaults); // last, so that it wins over the customizers' defaults
            Scientist scientist = builder.build();
            if (!properties.enabled()) {
                scientist.disable();
            }
            return scientist;
        }

        @Bean
        PropertyLayers scientistPropertyLayers(
                ConfigurableEnvironment environment,
                ScientistProperties properties,
                ObjectProvider<JsonComparator> json,
                ConfigurableListableBeanFactory beans,
                ExperimentRegistry declared) {
            PropertyLayers layers = new PropertyLayers(
                    environment, properties.defaults(), json, new Guards(beans), new RuleMaker(beans));
            declared.whenEnded(layers::forget);
            return layers;
        }

        @Bean
        ConfiguredExperiments scientistConfiguredExperiments(
                ApplicationContext context,
                ConfigurableEnvironment environment,
                PropertyLayers layers,
                ExperimentRegistry declared,
                ObjectProvider<AbsentCandidates> absent) {
            return new ConfiguredExperiments(context, environment, layers, declared, absent);
        }

        /** The experiments by name, one registry for each context, like the Scientist that tells it of them. */
        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        ExperimentRegistry scientistExperimentRegistry() {
            return ExperimentRegistry.create();
        }

        @Bean
        AnnotatedCandidates scientistAnnotatedCandidates(
                ExperimentRegistry declared, ObjectProvider<SharingCheck> sharing) {
            AnnotatedCandidates candidates = new AnnotatedCandidates();
            declared.whenEnded(candidates::forget);
            sharing.ifAvailable(check -> declared.whenEnded(check::forget));
            return candidates;
        }

        @Bean
        Protection.OfAll scientistProtections(ExperimentRegistry declared) {
            Protection.OfAll protections = new Protection.OfAll();
            declared.whenEnded(protections::forget);
            return protections;
        }

        /** Shows values in the log and at the endpoint, during development. */
        @Bean
        @ConditionalOnSwitch(value = "show-values", otherwise = false)
        ShownValues scientistShownValues(
                ConfigurableEnvironment environment,
                ExperimentRegistry declared,
                ObjectProvider<SharingCheck> sharing,
                ObjectProvider<Redactor> redactors) {
            ProductionCheck.requireDevelopment(environment);
            return new ShownValues(
                    redactors.getIfAvailable(Redactor::showingAll),
                    sharing.getIfAvailable(() -> new SharingCheck(false)),
                    declared);
        }

        @Bean
        DeclaredRules scientistDeclaredRules(ExperimentRegistry declared) {
            DeclaredRules rules = new DeclaredRules();
            declared.whenEnded(rules::forget);
            return rules;
        }

        /** The details that the endpoint shows beside what experiments themselves tell. */
        @Bean
        @ConditionalOnSwitch("enabled")
        ExperimentDetails scientistExperimentDetails(
                AnnotatedCandidates candidates,
                DeclaredRules rules,
                ObjectProvider<CacheWrites> cacheWrites,
                ObjectProvider<ShownValues> values) {
            CacheWrites writes = cacheWrites.getIfAvailable(CacheWrites::new);
            return new ExperimentDetails(candidates::of, rules::rules, writes::byCache, values.getIfAvailable());
        }

        /** The evidence and the decisions. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnSwitch("enabled")
        static class Decisions {

            @Bean
            DecisionPolicies scientistDecisionPolicies(
                    ConfigurableEnvironment environment, ScientistProperties properties, ExperimentRegistry declared) {
                DecisionPolicies policies =
                        new DecisionPolicies(environment, properties.defaults().decision());
                declared.whenEnded(policies::forget);
                return policies;
            }

            @Bean
            @ConditionalOnMissingBean
            Evidence scientistEvidence(DecisionPolicies policies) {
                return Evidence.builder()
                        .strata(policies::attribute)
                        .epochs(policies::epoch)
                        .build();
            }

            @Bean
            @ConditionalOnMissingBean
            ExperimentDecisions scientistExperimentDecisions(Evidence evidence, DecisionPolicies policies) {
                return new ExperimentDecisions(evidence, policies::policy);
            }

            /** The gauges of the decisions, if the application has a meter registry. */
            @Configuration(proxyBeanMethods = false)
            @ConditionalOnClass(MeterRegistry.class)
            static class Gauges {

                @Bean
                @ConditionalOnSingleCandidate(MeterRegistry.class)
                @ConditionalOnMissingBean
                DecisionMeters scientistDecisionMeters(MeterRegistry registry, ExperimentDecisions decisions) {
                    return new DecisionMeters(registry, decisions);
                }
            }
        }
    }

    /** Imports what the annotation {@link ParallelRun} needs. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSwitch("enabled")
    @Import(ParallelRunConfiguration.class)
    static class Annotated {}

    /** The meters of experiments, if the application has a meter registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnSwitch("enabled")
    static class Meters {

        @Bean
        @ConditionalOnSingleCandidate(MeterRegistry.class)
        @ConditionalOnMissingBean
        MicrometerPublisher scientistMicrometerPublisher(MeterRegistry registry) {
            return new MicrometerPublisher(registry);
        }
    }

    /** Matches if Jackson 2 or Jackson 3 is present. */
    static final class OnAnyJackson extends AnyNestedCondition {

        OnAnyJackson() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnClass(name = "com.fasterxml.jackson.databind.ObjectMapper")
        static final class Jackson2 {}

        @ConditionalOnClass(name = "tools.jackson.databind.ObjectMapper")
        static final class Jackson3 {}
    }
}
