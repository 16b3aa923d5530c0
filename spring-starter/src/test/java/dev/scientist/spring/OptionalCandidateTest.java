package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Proves what happens if a profile or a property chooses the candidate: its name is a
 * placeholder, and it may be absent.
 */
class OptionalCandidateTest {

    static class Rewrite {
        public String quote() {
            return "quote";
        }

        public String newer() {
            return "quote";
        }
    }

    static class Chosen {
        @ParallelRun(name = "${team}.quote", candidate = "${pricing.rewrite}", method = "${pricing.method:quote}")
        public String quote() {
            return "quote";
        }
    }

    static class Optional {
        @ParallelRun(candidate = "rewrite", optional = true)
        public String quote() {
            return "quote";
        }
    }

    static class OptionalChosen {
        @ParallelRun(candidate = "${pricing.rewrite:}", optional = true)
        public String quote() {
            return "quote";
        }
    }

    static class OptionalType {
        @ParallelRun(candidateType = Rewrite.class, optional = true)
        public String quote() {
            return "quote";
        }
    }

    static class OptionalMethod {
        @ParallelRun(method = "newer", optional = true)
        public String quote() {
            return "quote";
        }

        public String newer() {
            return "quote";
        }
    }

    private final ApplicationContextRunner chosen =
            Laboratory.application().withBean(Chosen.class).withBean("b", Rewrite.class);

    private static void assertStops(ApplicationContextRunner application, String... words) {
        application.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(WrongWiringException.class)
                .hasMessageContainingAll(words));
    }

    @Test
    void namesAreReadFromProperties() {
        chosen.withPropertyValues("pricing.rewrite=b", "team=red", "pricing.method=newer")
                .run(context -> {
                    context.getBean(Chosen.class).quote();

                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("red.quote");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Test
    void aPlaceholderWithoutAValueStopsTheStart() {
        assertStops(
                chosen.withPropertyValues("team=red"),
                "OptionalCandidateTest.Chosen.quote()",
                "The annotation's candidate = \"${pricing.rewrite}\" cannot be resolved: ",
                "'pricing.rewrite'",
                "Set that property, or write a default into the placeholder, as in \"${some.property:default}\".");
        assertStops(chosen.withPropertyValues("pricing.rewrite=b"), "name = \"${team}.quote\" cannot be resolved");
    }

    @Test
    void aPlaceholderThatComesToNothingNamesNoBean() {
        assertStops(
                chosen.withPropertyValues("team=red", "pricing.rewrite="),
                "There is no bean \"${pricing.rewrite}\", which the annotation names as the candidate.");
    }

    @Test
    void aCandidateThatIsNotOptionalMustBeThere() {
        assertStops(
                chosen.withPropertyValues("team=red", "pricing.rewrite=c"),
                "There is no bean \"c\", which the annotation names as the candidate.");
    }

    private static ApplicationContextRunner starter(Class<?> primary) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withBean("pricing", primary);
    }

    /** The lines that an application logs at a level. */
    private static List<String> said(Level level, ApplicationContextRunner application) {
        try (LoggedLines log = new LoggedLines()) {
            application.run(context -> assertThat(context).hasNotFailed());
            return log.at(level);
        }
    }

    @Test
    void withoutItThePrimaryRunsAloneAndNothingIsDeclared() {
        starter(Optional.class).run(context -> {
            String answer = context.getBean(Optional.class).quote();

            assertThat(answer).isEqualTo("quote");
            assertThat(context.getBean(ExperimentRegistry.class).all()).isEmpty();
        });
        Laboratory.application().withBean(OptionalChosen.class).run(context -> {
            String answer = context.getBean(OptionalChosen.class).quote();

            assertThat(answer).isEqualTo("quote");
            assertThat(Laboratory.verdicts(context)).isEmpty();
        });
    }

    @Test
    void thatIsSaidOnceAndInTheTableOfTheStart() {
        List<String> said = said(Level.INFO, starter(Optional.class).withBean("rewrites", Rewrite.class));

        assertThat(said)
                .hasSize(2)
                .contains("experiment OptionalCandidateTest.Optional.quote: the primary String"
                        + " OptionalCandidateTest.Optional.quote() runs alone, for there is no bean \"rewrite\" (but a bean"
                        + " \"rewrites\"); @ParallelRun says that this is optional")
                .element(1)
                .asString()
                .startsWith("what experiments share")
                .contains("\n  no candidate here, as it is optional: OptionalCandidateTest.Optional.quote\n");
        assertThat(said(Level.INFO, starter(OptionalType.class)))
                .anyMatch(line -> line.contains("no bean of type dev.scientist.spring.OptionalCandidateTest$Rewrite"));
    }

    @Test
    void itsPropertiesAreNoMistake() {
        List<String> warnings = said(
                Level.WARN,
                starter(Optional.class)
                        .withPropertyValues(
                                "scientist.experiments.OptionalCandidateTest.Optional.quote.sample-rate=0.5"));

        assertThat(warnings).isEmpty();
    }

    @Test
    void withItTheExperimentRuns() {
        Laboratory.application()
                .withBean(Optional.class)
                .withBean(OptionalType.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    context.getBean(Optional.class).quote();
                    context.getBean(OptionalType.class).quote();

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                });
    }

    @Test
    void onlyABeanCanBeOptional() {
        assertStops(
                Laboratory.application().withBean(OptionalMethod.class),
                "The annotation says that the candidate's bean is optional, but names no bean.");
    }
}
