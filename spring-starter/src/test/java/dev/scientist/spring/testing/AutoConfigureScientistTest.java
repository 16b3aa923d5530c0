package dev.scientist.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.testing.RecordingPublisher;
import dev.scientist.testing.ScientistExtension;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that disagreements fail the tests of an application. */
class AutoConfigureScientistTest {

    /** A service that hides every error. */
    record Quotes(Experiment<String> experiment) {
        String quote(String primary, String candidate) {
            try {
                return experiment.run(() -> primary, () -> candidate);
            } catch (Throwable hidden) {
                return "hidden";
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Quotes quotes(Scientist scientist) {
            return new Quotes(scientist.experiment("quotes", options -> options.start(Start.IMMEDIATE)));
        }
    }

    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.NONE,
            properties = "scientist.experiments.quotes.sample-rate=0")
    @AutoConfigureScientist
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Users {
        @Autowired
        private Quotes quotes;

        @Autowired
        private RecordingPublisher recording;

        @Test
        @Order(1)
        void disagrees() {
            quotes.quote("ten", "eleven");
        }

        @Test
        @Order(2)
        void agrees() {
            quotes.quote("ten", "ten");

            assertThat(recording.trials()).hasSize(1);
        }

        @Test
        @Order(3)
        void expectsToDisagree() {
            quotes.quote("ten", "eleven");

            assertThat(recording.takeTrials()).hasSize(1);
        }
    }

    @Test
    void aDisagreementFailsTheTestItHappensInAndNoOther() {
        Events tests = run(Users.class);

        List<Event> failed = tests.failed().list();

        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).getTestDescriptor().getDisplayName()).isEqualTo("disagrees()");
        assertThat(messageOf(failed.get(0))).contains("1 of 1 trial did not match", "ten", "eleven");
        assertThat(tests.succeeded().count()).isEqualTo(2);
    }

    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.NONE,
            properties = "scientist.experiments.quotes.sample-rate=0")
    @AutoConfigureScientist(requireTrials = true)
    static class Required {
        @Test
        void callsNothing() {}

        @Test
        void failsByItself() {
            throw new IllegalStateException("by itself");
        }

        @Test
        void agrees(@Autowired Quotes quotes) {
            quotes.quote("ten", "ten");
        }

        @Test
        void takesItsTrials(@Autowired Quotes quotes, @Autowired RecordingPublisher recording) {
            quotes.quote("ten", "eleven");

            assertThat(recording.takeTrials()).hasSize(1);
        }
    }

    @Test
    void aTestInWhichNoTrialRanFailsWhereTrialsAreRequired() {
        List<Event> failed = run(Required.class).failed().list();

        assertThat(failed)
                .extracting(AutoConfigureScientistTest::messageOf)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .startsWith("no trial ran in this test")
                                .contains("Experiments so far: quotes had", "through the bean that Spring injects"),
                        message -> assertThat(message).isEqualTo("by itself"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScientist {
        @Bean
        Scientist scientist() {
            return Scientist.create();
        }
    }

    @SpringBootTest(
            classes = {Application.class, OwnScientist.class},
            webEnvironment = WebEnvironment.NONE)
    @AutoConfigureScientist
    static class OfAnOwnScientist {
        @Test
        void agrees(@Autowired Quotes quotes) {
            quotes.quote("ten", "ten");
        }
    }

    @Test
    void aTestOfAnApplicationThatCannotBeRecordedFails() {
        List<Event> failed = run(OfAnOwnScientist.class).failed().list();

        assertThat(failed).hasSize(1);
        assertThat(messageOf(failed.get(0)))
                .contains("OfAnOwnScientist has @AutoConfigureScientist", "declares no Scientist of its own");
    }

    @SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
    @ExtendWith(ScientistExtension.class)
    static class WithTheExtension {
        @Test
        void disagrees(Scientist scientist) {
            new Quotes(scientist.experiment("quotes")).quote("ten", "eleven");
        }

        @Test
        void doesNotLookAtTheApplication(@Autowired Quotes quotes, RecordingPublisher recording) {
            quotes.quote("ten", "eleven");

            assertThat(recording.trials()).isEmpty();
        }
    }

    @Test
    void theExtensionWorksBesideAnApplication() {
        Events tests = run(WithTheExtension.class);

        assertThat(tests.failed().list())
                .extracting(event -> event.getTestDescriptor().getDisplayName())
                .containsExactly("disagrees(Scientist)");
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static String messageOf(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }
}
