package dev.scientist.spring;

import dev.scientist.ExperimentRegistry;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.decision.ExperimentDecisions;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the actuator endpoint if the application has Spring Boot's actuator and exposes the endpoint. */
@AutoConfiguration(after = ScientistAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnSwitch("enabled")
class ExperimentsEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnBean(AnnotatedCandidates.class) // absent if the application declares its own Scientist
    @ConditionalOnMissingBean(name = "scientistExperimentsEndpoint")
    ExperimentsEndpoint scientistExperimentsEndpoint(
            Scientist scientist,
            ExperimentRegistry declared,
            AnnotatedCandidates candidates,
            DeclaredRules rules,
            ProposedRules proposed,
            MismatchReservoir mismatches,
            ExperimentDecisions decisions,
            ObjectProvider<CacheWrites> cacheWrites,
            ObjectProvider<ShownValues> values) {
        CacheWrites writes = cacheWrites.getIfAvailable(CacheWrites::new);
        return new ExperimentsEndpoint(
                scientist,
                declared,
                candidates,
                rules,
                proposed,
                mismatches,
                decisions,
                InstantSource.system(),
                writes::byCache,
                values.getIfAvailable());
    }

    /** Collects disagreements for proposals only if the endpoint is there to show them. */
    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = ExperimentsEndpoint.class)
    @ConditionalOnBean(DeclaredRules.class)
    ProposedRules scientistProposedRules(DeclaredRules rules) {
        return new ProposedRules(rules);
    }

    @Bean
    @ConditionalOnBean(ExperimentsEndpoint.class)
    SentKeysCheck scientistSentKeysCheck() {
        return new SentKeysCheck();
    }
}
