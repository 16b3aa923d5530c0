package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that properties choose snapshots and copies of arguments. */
class SnapshotPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    /** An answer that its caller changes afterwards. */
    static class Basket {
        public List<String> items = new ArrayList<>();
        public int total;
    }

    /** Compares a basket of one item and a total, which the caller empties at once, with one of another total. */
    private static Experiment<Basket> compared(
            Scientist scientist, int total, Consumer<ExperimentOptions.Builder<Basket>> code) {
        Experiment<Basket> experiment = scientist.experiment("baskets", options -> {
            options.start(Start.AFTER_PRIMARY);
            code.accept(options);
        });
        Basket own = basket(1);
        experiment.run(() -> own, () -> basket(total)).items.clear();
        scientist.drain();
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
        return experiment;
    }

    private static Basket basket(int total) {
        Basket basket = new Basket();
        basket.items.add("a");
        basket.total = total;
        return basket;
    }

    @ParameterizedTest
    @Tag("promise-9")
    @CsvSource({
        "scientist.defaults.snapshot=json, 1, MATCHED",
        "scientist.defaults.snapshot=objects, 1, MATCHED",
        "scientist.experiments.baskets.snapshot=json, 1, MATCHED",
        "scientist.experiments.baskets.snapshot=objects, 2, MISMATCHED",
        "scientist.experiments.baskets.snapshot=json, 2, MISMATCHED"
    })
    void whatWasWrittenIsCompared(String property, int total, Verdict verdict) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(compared(context.getBean(Scientist.class), total, options -> {})
                                .tally()
                                .count(verdict))
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "objects"})
    void rulesOfPropertiesHoldInASnapshotAndAreShown(String kind) {
        runner.withPropertyValues(
                        "scientist.defaults.snapshot=" + kind,
                        "scientist.defaults.comparator.type=" + kind,
                        "scientist.experiments.baskets.comparator.ignore=/total")
                .run(context -> {
                    assertThat(compared(context.getBean(Scientist.class), 2, options -> {})
                                    .tally()
                                    .count(Verdict.MATCHED))
                            .isEqualTo(1);
                    assertThat(context.getBean(DeclaredRules.class).rules("baskets"))
                            .asString()
                            .contains("at(\"/total\").ignored()");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "objects"})
    void rulesWithoutATypeAreThoseOfTheSnapshot(String kind) {
        runner.withPropertyValues(
                        "scientist.experiments.baskets.snapshot=" + kind,
                        "scientist.experiments.baskets.comparator.ignore=/total")
                .run(context -> assertThat(compared(context.getBean(Scientist.class), 2, options -> {})
                                .tally()
                                .count(Verdict.MATCHED))
                        .isEqualTo(1));
    }

    @Test
    void rulesAreAddedToTheComparatorOfTheCode() {
        runner.withPropertyValues("scientist.experiments.baskets.snapshot=objects")
                .run(context -> assertThat(compared(
                                        context.getBean(Scientist.class),
                                        2,
                                        options -> options.comparator(
                                                ObjectComparator.objects().ignoring("/total")))
                                .tally()
                                .count(Verdict.MATCHED))
                        .isEqualTo(1));
    }

    @Test
    void theCodesOwnSnapshotWinsOverThatOfTheDefaults() {
        runner.withPropertyValues("scientist.defaults.snapshot=json")
                .run(context -> assertThat(compared(
                                        context.getBean(Scientist.class),
                                        2,
                                        options -> options.snapshot(JsonComparator.json()
                                                .ignoring("/total")
                                                .snapshot()))
                                .tally()
                                .count(Verdict.MATCHED))
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scientist.experiments.baskets.snapshot=json",
                "scientist.experiments.baskets.snapshot=objects",
                "scientist.defaults.snapshot=json"
            })
    void equalityOfTheDefaultsIsInNoSnapshotsWay(String snapshot) {
        runner.withPropertyValues("scientist.defaults.comparator.type=equality", snapshot)
                .run(context -> assertThat(compared(context.getBean(Scientist.class), 1, options -> {})
                                .tally()
                                .count(Verdict.MATCHED))
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects", "equality"})
    void aSnapshotOfAnotherKindThanTheComparatorIsRefusedWithTheRemedy(String type) {
        runner.withPropertyValues(
                        "scientist.experiments.baskets.snapshot=json",
                        "scientist.experiments.baskets.comparator.type=" + type)
                .run(context -> assertThat(
                                catchThrowable(() -> compared(context.getBean(Scientist.class), 1, options -> {})))
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageContaining("scientist.experiments.baskets.snapshot")
                        .hasMessageContaining("that of the experiment is " + type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "arguments"})
    void withoutJacksonJsonIsRefusedAtTheStart(String key) {
        runner.withPropertyValues("scientist.experiments.baskets." + key + "=json")
                .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson.databind", "tools.jackson.databind"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("scientist.experiments.baskets." + key)
                        .hasMessageContaining("needs Jackson on the class path"));
    }

    @Test
    void argumentsOfAnAnnotatedMethodAreCopiedAsTheyAreDeclared() {
        runner.withUserConfiguration(Baskets.class)
                .withPropertyValues(
                        "scientist.experiments.baskets.arguments=json",
                        "scientist.experiments.baskets.start=after-primary",
                        "scientist.experiments.baskets.comparator.type=json")
                .run(context -> {
                    Basket own = basket(1);

                    context.getBean(Primary.class).total(List.of(own), "text");
                    Protection protection =
                            context.getBean(Protection.OfAll.class).of("baskets");
                    context.getBean(Scientist.class).close();

                    assertThat(context.getBean(Candidate.class).seen)
                            .hasValueSatisfying(seen -> assertThat(seen)
                                    .singleElement()
                                    .isNotSameAs(own)
                                    .extracting(basket -> basket.total)
                                    .isEqualTo(2));
                    assertThat(own.total).isEqualTo(1);
                    assertThat(protection.copies(DeclaredSharing.Part.of(Basket.class)))
                            .isTrue();
                });
    }

    /** A service under experiment. */
    @Configuration(proxyBeanMethods = false)
    static class Baskets {

        @Bean
        Primary primary() {
            return new Primary();
        }

        @Bean
        Candidate candidate() {
            return new Candidate();
        }
    }

    /** The service in use. */
    static class Primary {

        @ParallelRun(name = "baskets", candidate = "candidate")
        public int total(List<Basket> baskets, String text) {
            return baskets.get(0).total;
        }
    }

    /** A candidate that changes its arguments. */
    static class Candidate {
        final AtomicReference<List<Basket>> seen = new AtomicReference<>();

        public int total(List<Basket> baskets, String text) {
            baskets.get(0).total++;
            seen.set(baskets);
            return 1;
        }
    }
}
