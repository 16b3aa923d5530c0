package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Effects;
import dev.scientist.Shadow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Proves that annotation and properties decide whether a candidate may write. */
@Tag("promise-12")
class EffectsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withPropertyValues("scientist.defaults.start=same-thread")
            .withBean(Orders.class);

    static class Orders {

        final List<String> seen = new ArrayList<>();

        @ParallelRun(name = "plain", method = "again")
        public void plain() {}

        @ParallelRun(name = "allowed", method = "again", effects = Effects.ALLOWED)
        public void allowed() {}

        public void again() {
            seen.add(Shadow.experiment() + " " + Shadow.mayWrite());
        }

        List<String> seen() {
            return seen;
        }
    }

    private static List<String> seen(Orders orders) {
        orders.plain();
        orders.allowed();
        return orders.seen();
    }

    @Test
    void aCandidateOnlyReadsUnlessItsAnnotationSaysOtherwise() {
        runner.run(context ->
                assertThat(seen(context.getBean(Orders.class))).containsExactly("plain false", "allowed true"));
    }

    @Test
    void theDefaultsHoldWhereTheAnnotationSaysNothing() {
        runner.withPropertyValues("scientist.defaults.effects=allowed")
                .run(context ->
                        assertThat(seen(context.getBean(Orders.class))).containsExactly("plain true", "allowed true"));
    }

    @Test
    void theExperimentsOwnPropertyHasTheLastWord() {
        runner.withPropertyValues("scientist.experiments.allowed.effects=read-only")
                .run(context -> assertThat(seen(context.getBean(Orders.class)))
                        .containsExactly("plain false", "allowed false"));
    }
}
