package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Tally.Hook;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ExperimentRegistryTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final ExperimentRegistry registry = ExperimentRegistry.create();
    private final Scientist scientist = bench.use(bench.builder().listener(registry));
    private final List<String> forgotten = new CopyOnWriteArrayList<>();

    @Test
    void experimentsAreListedInTheOrderOfTheirNames() {
        Experiment<String> later = scientist.experiment("quotes");
        Experiment<String> earlier = scientist.experiment("prices");

        Collection<Experiment<?>> all = registry.all();

        assertThat(all).containsExactly(earlier, later);
    }

    @Test
    void anExperimentIsFoundByItsNameUntilItEnds() {
        Experiment<String> experiment = scientist.experiment("quotes");

        Optional<Experiment<?>> before = registry.find("quotes");
        scientist.remove(experiment);
        Optional<Experiment<?>> after = registry.find("quotes");

        assertThat(before).containsSame(experiment);
        assertThat(after).isEmpty();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void nobodyCanTakeAnExperimentOutOfTheList() {
        scientist.experiment("quotes");

        Collection<Experiment<?>> all = registry.all();

        assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(registry.find("quotes")).isPresent();
    }

    @Test
    void ofTwoScientistsTheFirstExperimentKeepsItsName() {
        Scientist another = bench.use(bench.builder().listener(registry));
        registry.whenEnded(forgotten::add);
        Experiment<String> first = scientist.experiment("quotes");
        Experiment<String> second = another.experiment("quotes");

        another.remove(second);

        assertThat(registry.find("quotes")).containsSame(first);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void whatIsKeptByNameIsForgottenBeforeAnotherExperimentHasTheName() {
        registry.whenEnded(forgotten::add);
        Experiment<String> first = scientist.experiment("quotes");

        scientist.remove(first);
        Experiment<String> next = scientist.experiment("quotes");

        assertThat(forgotten).containsExactly("quotes");
        assertThat(registry.find("quotes")).containsSame(next);
    }

    @Test
    void oneThatFailsToForgetKeepsNoOtherFromForgetting() {
        registry.whenEnded(name -> {
            throw new IllegalStateException("first");
        });
        registry.whenEnded(name -> {
            throw new IllegalStateException("second");
        });
        registry.whenEnded(forgotten::add);
        Experiment<String> experiment = scientist.experiment("quotes");

        scientist.remove(experiment);

        assertThat(forgotten).containsExactly("quotes");
        assertThat(experiment.tally().hookFailures(Hook.LISTENER)).isOne();
    }
}
