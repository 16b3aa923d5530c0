package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Proves that a test may load a part of the application, with mocks of the rest. */
class SlicesTest {

    /** Its candidate is in a part that is not loaded. */
    static class Pricing {
        @ParallelRun(candidate = "rewrite")
        public String quote() {
            return "quote";
        }
    }

    /** The same as an abstract class, which a mock of any kind extends. */
    abstract static class Prices {
        @ParallelRun(candidate = "rewrite")
        public abstract String quote();
    }

    static class Rewrite {
        public String quote() {
            return "quote";
        }
    }

    @ContextConfiguration(classes = Laboratory.class)
    static class Mocked {
        @MockitoBean
        Pricing pricing;

        @MockitoBean
        Prices prices;
    }

    @Test
    void aMockIsNobodysPrimary() throws Exception {
        Mocked test = new Mocked();

        new TestContextManager(Mocked.class).prepareTestInstance(test);

        assertThat(Mockito.mockingDetails(test.pricing).isMock()).isTrue();
        assertThat(Mockito.mockingDetails(test.prices).isMock()).isTrue();
    }

    /** A mock that is created as other beans are. */
    static class Made {
        @Bean
        Prices prices() {
            return Mockito.mock(Prices.class);
        }
    }

    @Test
    void neitherIsAMockThatIsMadeAsABean() {
        Laboratory.application(Made.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Prices.class).quote()).isNull();
        });
    }

    @ContextConfiguration(classes = {Laboratory.class, Pricing.class, Rewriting.class})
    static class CandidateMocked {
        @MockitoBean
        Rewrite rewrite;
    }

    static class Rewriting {
        @Bean
        Rewrite rewrite() {
            return new Rewrite();
        }
    }

    @Test
    void aMockOfTheCandidateIsTheCandidate() throws Exception {
        CandidateMocked test = new CandidateMocked();
        TestContextManager tests = new TestContextManager(CandidateMocked.class);
        tests.prepareTestInstance(test);

        tests.getTestContext().getApplicationContext().getBean(Pricing.class).quote();

        Mockito.verify(test.rewrite).quote();
    }

    @Import({Pricing.class, Rewrite.class})
    static class Imported {}

    @Test
    void aCandidateThatImportNamedByItsClassIsSuggested() {
        String name = Rewrite.class.getName();

        Laboratory.application(Imported.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(WrongWiringException.class)
                        .hasMessageContainingAll(
                                "There is no bean \"rewrite\", which the annotation names as the candidate.",
                                "There is a bean of class Rewrite named \"" + name
                                        + "\", as @Import names what it imports:"
                                        + " import a @Configuration with a @Bean method \"rewrite\" instead, or set"
                                        + " candidateType = Rewrite.class."));
    }
}
