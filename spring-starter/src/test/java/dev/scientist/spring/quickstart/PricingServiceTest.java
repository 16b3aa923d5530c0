package dev.scientist.spring.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.spring.testing.AutoConfigureScientist;
import dev.scientist.testing.RecordingPublisher;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@AutoConfigureScientist
class PricingServiceTest {

    @Autowired
    PricingService pricing;

    @Autowired
    RecordingPublisher recording;

    // tag::spring-testing[]
    @Test // of a class with @SpringBootTest and @AutoConfigureScientist
    void theRewriteQuotesLikeTheLegacy() {
        pricing.quote(new QuoteRequest("c-1", new BigDecimal("10.00")));
    }
    // end::spring-testing[]

    @Test
    void aCallOfAnAnnotatedMethodIsATrial() {
        pricing.quote(new QuoteRequest("c-2", new BigDecimal("20.00")));

        assertThat(recording.trials())
                .hasSize(1)
                .allSatisfy(trial -> assertThat(trial.experiment()).isEqualTo("PricingService.quote"));
    }
}
