package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.comparators.Comparators;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import dev.scientist.comparators.RuledComparator;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Proves how answers are compared by properties, and that the application's own mapper writes the documents. */
class ComparatorPropertiesTest {

    private static final Map<String, Object> PRIMARY = Map.of("total", 10.00, "items", List.of("a", "b"), "at", 1);
    private static final Map<String, Object> CANDIDATE = Map.of("total", 10.01, "items", List.of("b", "a"), "at", 2);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ignore=/total,/items,/at                        | 0",
                "ignore=/at                                      | 2",
                "any-order=/items                                | 2",
                "any-order=/**                                   | 2",
                "tolerance=0.01                                  | 2",
                "max-differences=1                               | 1",
                "type=json                                       | 3",
                "type=objects                                    | 3",
                "type=equality                                   | 1"
            })
    void aRuleHoldsForAnExperiment(String rule, int differences) {
        runner.withPropertyValues("scientist.experiments.quotes.comparator." + rule)
                .run(context -> assertThat(differences(context.getBean(Scientist.class), options -> {}))
                        .isEqualTo(differences));
    }

    @Test
    void codeThatWrapsTheComparatorOfTheDefaultsHasItsRulesAndItsDescription() {
        runner.withPropertyValues("scientist.defaults.comparator.ignore=/at").run(context -> {
            ResultComparator<?>[] wrapped = new ResultComparator<?>[1];
            differences(
                    context.getBean(Scientist.class),
                    options -> wrapped[0] = Comparators.elements(options.comparator()));

            assertThat(wrapped[0].description()).contains("json by ", "at(\"/at\").ignored()");
            assertThat(RuledComparator.rulesOf(wrapped[0])).isPresent();
        });
    }

    @Test
    void experimentsWithoutRulesDoNotShareTheComparatorOfTheBean() {
        runner.withPropertyValues("scientist.defaults.comparator.type=json").run(context -> {
            Experiment<Object> quotes = context.getBean(Scientist.class).experiment("quotes");

            assertThat(quotes.options().comparator())
                    .isInstanceOf(JsonComparator.class)
                    .isNotSameAs(context.getBean(JsonComparator.class));
        });
    }

    @Test
    void aComparatorWhoseRulesFailCanBeUsedAllTheSame() {
        RuledComparator<Object> broken = new RuledComparator<>() {
            @Override
            public RuleSet rules() {
                throw new IllegalStateException("no rules");
            }

            @Override
            public RuledComparator<Object> rules(Rule... more) {
                return this;
            }

            @Override
            public RuledComparator<Object> maxDifferences(int most) {
                return this;
            }

            @Override
            public List<Difference> compare(Object primary, Object candidate) {
                return List.of();
            }
        };

        runner.run(context -> {
            assertThat(differences(context.getBean(Scientist.class), options -> options.comparator(broken)))
                    .isZero();
            assertThat(context.getBean(DeclaredRules.class).rules("quotes")).isNull();
        });
    }

    @Test
    void rulesOfAnExperimentAreAddedToTheDefaults() {
        runner.withPropertyValues(
                        "scientist.defaults.comparator.ignore=/at,/items",
                        "scientist.experiments.quotes.comparator.tolerance=0.01")
                .run(context -> assertThat(differences(context.getBean(Scientist.class), options -> {}))
                        .isZero());
    }

    @Test
    void aRuleOfAnExperimentReplacesTheSameDefault() {
        runner.withPropertyValues(
                        "scientist.defaults.comparator.ignore=/at,/items",
                        "scientist.experiments.quotes.comparator.ignore=/total")
                .run(context -> assertThat(differences(context.getBean(Scientist.class), options -> {}))
                        .isEqualTo(2));
    }

    @Test
    void theCodesComparatorWinsOverTheDefaultsAndTheOperatorsTypeOverTheCodes() {
        ResultComparator<Object> never = (primary, candidate) -> List.of();
        ApplicationContextRunner defaults = runner.withPropertyValues("scientist.defaults.comparator.type=json");

        defaults.run(context -> assertThat(
                        differences(context.getBean(Scientist.class), options -> options.comparator(never)))
                .isZero());
        defaults.withPropertyValues(
                        "scientist.experiments.quotes.comparator.type=json",
                        "scientist.experiments.quotes.comparator.ignore=/at")
                .run(context -> assertThat(
                                differences(context.getBean(Scientist.class), options -> options.comparator(never)))
                        .isEqualTo(2));
    }

    @Test
    void objectsAreComparedUnderTheSameRulesAndShowThem() {
        runner.withPropertyValues(
                        "scientist.defaults.comparator.type=objects",
                        "scientist.defaults.comparator.rules[0].at=/total",
                        "scientist.defaults.comparator.rules[0].within=0.01",
                        "scientist.experiments.quotes.comparator.ignore=/at",
                        "scientist.experiments.quotes.comparator.any-order=/items")
                .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson.databind", "tools.jackson.databind"))
                .run(context -> {
                    assertThat(differences(context.getBean(Scientist.class), options -> {}))
                            .isZero();
                    assertThat(context.getBean(DeclaredRules.class).rules("quotes"))
                            .asString()
                            .contains("within(\"0.01\")", "at(\"/at\").ignored()", "at(\"/items\").anyOrder()");
                });
    }

    @Test
    void rulesAreAddedToTheCodesComparatorOfObjects() {
        runner.withPropertyValues("scientist.experiments.quotes.comparator.ignore=/at")
                .run(context -> assertThat(differences(
                                context.getBean(Scientist.class),
                                options -> options.comparator(
                                        ObjectComparator.objects().ignoring("/total"))))
                        .isEqualTo(1));
    }

    @Test
    void rulesAreAddedToTheCodesComparatorOfTrees() {
        runner.withPropertyValues("scientist.experiments.quotes.comparator.ignore=/at")
                .run(context -> assertThat(differences(
                                context.getBean(Scientist.class),
                                options -> options.comparator(Comparators.tree(ComparatorPropertiesTest::tree)
                                        .rules(Rule.at("/total").ignored()))))
                        .isEqualTo(1));
    }

    @Test
    void rulesOfPartsAndOfSnapshotsInCodeAreDeclaredToo() {
        Rule rule = Rule.at("/at").ignored();

        runner.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            scientist.experiment(
                    "lists",
                    options -> options.comparator(
                            Comparators.elements(ObjectComparator.objects().rules(rule))));
            scientist.experiment(
                    "snapshots",
                    options -> options.snapshot(
                            ObjectComparator.objects().rules(rule).snapshot()));
            scientist.experiment("texts", options -> options.comparator((primary, candidate) -> List.of()));

            DeclaredRules declared = context.getBean(DeclaredRules.class);
            assertThat(declared.rules("lists")).hasToString(rule.toString());
            assertThat(declared.rules("snapshots")).hasToString(rule.toString());
            assertThat(declared.rules("texts")).isNull();
        });
    }

    @Test
    void theApplicationsOwnComparatorIsTheOneThatRulesAreAddedTo() {
        JsonComparator own = JsonComparator.json().ignoring("/total");

        runner.withBean(JsonComparator.class, () -> own)
                .withPropertyValues("scientist.experiments.quotes.comparator.ignore=/at")
                .run(context -> {
                    assertThat(context).getBean(JsonComparator.class).isSameAs(own);
                    assertThat(differences(context.getBean(Scientist.class), options -> {}))
                            .isEqualTo(1);
                });
    }

    private static Map<String, Object> tree(Map<String, Object> answer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        answer.forEach((name, value) ->
                tree.put(name, value instanceof Number number ? new BigDecimal(number.toString()) : value));
        return tree;
    }

    @Test
    void withoutJacksonThereIsNoComparatorOfDocuments() {
        runner.withClassLoader(new FilteredClassLoader("com.fasterxml.jackson.databind", "tools.jackson.databind"))
                .run(context ->
                        assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(JsonComparator.class));
    }

    /** An answer whose property names in the document depend on the mapper's naming strategy. */
    record Price(int netTotal, int vat) {}

    @Test
    void theApplicationsMapperOfJackson3Writes() {
        runner.withUserConfiguration(Jackson3.class, Jackson2.class)
                .run(context -> assertThat(pathOf(context.getBean(JsonComparator.class)))
                        .isEqualTo("/net-total"));
    }

    @Test
    void theApplicationsMapperOfJackson2WritesWhereThereIsNoOther() {
        runner.withUserConfiguration(Jackson2.class)
                .run(context -> assertThat(pathOf(context.getBean(JsonComparator.class)))
                        .isEqualTo("/net_total"));
        runner.withUserConfiguration(Jackson2.class)
                .withClassLoader(new FilteredClassLoader("tools.jackson.databind"))
                .run(context -> assertThat(pathOf(context.getBean(JsonComparator.class)))
                        .isEqualTo("/net_total"));
    }

    @Test
    void ofSeveralMappersThePrimaryOneWrites() {
        runner.withUserConfiguration(Jackson2.class)
                .withBean("other", com.fasterxml.jackson.databind.ObjectMapper.class)
                .run(context -> assertThat(pathOf(context.getBean(JsonComparator.class)))
                        .isEqualTo("/net_total"));
    }

    @Test
    void anApplicationWithoutAMapperComparesDocumentsToo() {
        runner.run(context ->
                assertThat(pathOf(context.getBean(JsonComparator.class))).isEqualTo("/netTotal"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Jackson2 {
        @Bean
        @Primary
        com.fasterxml.jackson.databind.ObjectMapper mapper2() {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Jackson3 {
        @Bean
        tools.jackson.databind.json.JsonMapper mapper3() {
            return tools.jackson.databind.json.JsonMapper.builder()
                    .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.KEBAB_CASE)
                    .build();
        }
    }

    private static String pathOf(JsonComparator comparator) {
        return comparator.compare(new Price(10, 2), new Price(11, 2)).get(0).path();
    }

    /** The number of differences between the two answers; with equality, all of them are one. */
    private static long differences(
            Scientist scientist, Consumer<ExperimentOptions.Builder<Map<String, Object>>> options) {
        Experiment<Map<String, Object>> experiment = scientist.experiment("quotes", builder -> {
            options.accept(builder);
            builder.start(Start.SAME_THREAD);
        });
        experiment.run(() -> PRIMARY, () -> CANDIDATE);
        return Stream.of(Difference.Kind.values())
                .mapToLong(kind -> experiment.tally().differences(kind, Difference.Severity.MAJOR))
                .sum();
    }
}
