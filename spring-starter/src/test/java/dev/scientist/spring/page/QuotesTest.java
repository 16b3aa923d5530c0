package dev.scientist.spring.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Trial;
import dev.scientist.spring.testing.AutoConfigureScientist;
import dev.scientist.testing.RecordingPublisher;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

// tag::spring-test-support[]
@SpringBootTest
@AutoConfigureScientist
class QuotesTest {

    @Test
    void theRewriteQuotesLikeTheLedger(@Autowired Quotes quotes) {
        quotes.quote("c-1"); // the test fails if the two disagree
    }

    @Test
    void theRewriteIsKnownToRefuseStrangers(@Autowired Quotes quotes, @Autowired RecordingPublisher recording) {
        quotes.quote("a stranger");

        assertThat(recording.takeTrials()).hasSize(1).allMatch(Trial::isDisagreement);
    }
}
// end::spring-test-support[]
