package dev.scientist.spring.actuate;

import dev.scientist.ExperimentRegistry;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.spring.ExperimentDetails;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the actuator endpoint if the application has Spring Boot's actuator and exposes the endpoint. */
@AutoConfiguration(afterName = "dev.scientist.spring.ScientistAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
class ExperimentsEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnBean(ExperimentDetails.class) // absent with the application's own Scientist, or if switched off
    @ConditionalOnMissingBean(name = "scientistExperimentsEndpoint")
    ExperimentsEndpoint scientistExperimentsEndpoint(
            Scientist scientist,
            ExperimentRegistry declared,
            ExperimentDetails details,
            ProposedRules proposed,
            MismatchReservoir mismatches,
            ExperimentDecisions decisions) {
        return new ExperimentsEndpoint(
                scientist, declared, details, proposed, mismatches, decisions, InstantSource.system());
    }

    /** Collects disagreements for proposals only if the endpoint is there to show them. */
    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = ExperimentsEndpoint.class)
    @ConditionalOnBean(ExperimentDetails.class)
    ProposedRules scientistProposedRules(ExperimentDetails details) {
        return new ProposedRules(details);
    }

    @Bean
    @ConditionalOnBean(ExperimentsEndpoint.class)
    SentKeysCheck scientistSentKeysCheck() {
        return new SentKeysCheck();
    }
}
