package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference.Kind;
import dev.scientist.Difference.Severity;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Proves that rules can be written as properties: each of them, for all experiments and for one. */
class RulePropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withBean(
                    "sameLength",
                    BiPredicate.class,
                    () -> (one, other) -> String.valueOf(one).length()
                            == String.valueOf(other).length())
            .withBean("unwrapping", UnaryOperator.class, () -> document -> ((Map<?, ?>) document).get("data"));

    @ParameterizedTest
    @Tag("case-41")
    @Tag("case-47")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            at: /a, ignored: true                                         | {"a":1}                        | {}
            at: /a, presence-only: true                                   | {"a":1}                        | {"a":2}
            at: /a, within: 0.005                                         | {"a":1.005}                    | {"a":1}
            at: "/**", within-relative: 0.01                              | {"a":100}                      | {"a":101}
            at: /a, scale: {digits: 1, rounding: half-even}               | {"a":1.04}                     | {"a":1.0}
            at: /a, within-time: 2s                                       | {"a":"2026-01-01T00:00:00Z"}   | {"a":"2026-01-01T00:00:02Z"}
            at: /a, within-time: 0s, zone: Europe/Berlin                  | {"a":"2026-01-01T01:00:00"}    | {"a":"2026-01-01T00:00:00Z"}
            at: /a, shape: uuid                                           | {"a":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"} | {"a":"7f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
            at: /a, shape: ulid                                           | {"a":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}           | {"a":"02ARZ3NDEKTSV4RRFFQ69G5FAV"}
            at: /a, shape: hash                                           | {"a":"d41d8cd98f00b204e9800998ecf8427e"}     | {"a":"e41d8cd98f00b204e9800998ecf8427e"}
            at: /a, matching: "INV-[0-9]{6}"                              | {"a":"INV-000001"}             | {"a":"INV-000002"}
            at: /a, ignoring-case: true                                   | {"a":"eur"}                    | {"a":"EUR"}
            at: "/**", blank-as-missing: true                             | {"a":null}                     | {"b":""}
            at: /a, placeholder: any-string                               | {"a":"x"}                      | {"a":"y"}
            at: /a, any-order: true                                       | {"a":[1,2]}                    | {"a":[2,1]}
            at: /a, by-key: [/x, /y]                                      | {"a":[{"x":1,"y":1},{"x":1,"y":2}]} | {"a":[{"x":1,"y":2},{"x":1,"y":1}]}
            at: /a, mapped: {IN_PROGRESS: "2", "[on hold]": "3"}          | {"a":"2"}                      | {"a":"IN_PROGRESS"}
            at: /a, mapped: {IN_PROGRESS: "2", "[on hold]": "3"}          | {"a":"3"}                      | {"a":"on hold"}
            at: /a, accepting: sameLength                                 | {"a":"x"}                      | {"a":"y"}
            side: candidate, rename: {from: /b, to: /a}                     | {"a":1}                        | {"b":1}
            side: primary, transform: unwrapping                            | {"data":{"a":1}}               | {"a":1}
            """)
    void everyRuleCanBeWritten(String entry, String primary, String candidate) {
        for (String block : List.of("quotes", "'[quotes]'")) {
            String yaml = "scientist.experiments:\n  " + block + ":\n    comparator.rules:\n    - {" + entry + "}\n";

            runner.withInitializer(Yaml.of(yaml)).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(verdict(context, "quotes", primary, candidate)).isEqualTo(Verdict.MATCHED);
                assertThat(verdict(context, "other", primary, candidate)).isEqualTo(Verdict.MISMATCHED);
                assertThat(hidden(context, "quotes")).allMatch(count -> count > 0);
            });
        }
    }

    @Test
    void everyRuleOfCodeHasAKey() {
        Map<String, String> others = Map.of("uuid", "shape", "ulid", "shape", "hash", "shape", "weighing", "severity");
        Stream<String> known = PropertyKeys.OF_RULE.stream().map(key -> key.replaceFirst("\\..*", ""));

        List<String> keys = Stream.of(Rule.Places.class, Rule.Document.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .map(name -> others.getOrDefault(name, dashed(name)))
                .toList();

        assertThat(keys).hasSizeGreaterThan(15);
        assertThat(known).containsAll(keys).containsAll(RuleEffects.ALL.keySet());
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ENGLISH);
    }

    @Test
    @Tag("case-25")
    void aRuleSaysWhoAnswersForItWhyAndUntilWhen() {
        runner.withInitializer(Yaml.of("""
                scientist.experiments.quotes.comparator.rules:
                  - at: "/items/*/price"
                    within: 0.005
                    named: price rounding
                    owner: pricing
                    reason: rounding of the ledger
                    expires: 2099-01-01T00:00:00Z
                    severity: minor
                """)).run(context -> {
            Rule rule = rules(context, "quotes").rules().get(0);

            assertThat(rule)
                    .returns("price rounding", Rule::name)
                    .returns("pricing", Rule::owner)
                    .returns("rounding of the ledger", Rule::reason)
                    .returns(Instant.parse("2099-01-01T00:00:00Z"), Rule::expires)
                    .returns(Severity.MINOR, Rule::severity);
        });
    }

    @Test
    void aSeverityAloneWeighsAndHidesNothing() {
        runner.withInitializer(Yaml.of("""
                scientist.experiments.quotes.comparator.rules:
                  - {at: /total, severity: critical}
                """)).run(context -> {
            Experiment<String> experiment = experiment(context, "quotes", options -> {});

            experiment.run(() -> "{\"total\":1}", () -> "{\"total\":2}");

            assertThat(experiment.tally().differences(Kind.CHANGED, Severity.CRITICAL))
                    .isEqualTo(1);
        });
    }

    @Test
    @Tag("case-25")
    void anExpiredRuleHidesNothing() {
        runner.withInitializer(Yaml.of("""
                scientist.experiments.quotes.comparator.rules:
                  - {at: /a, ignored: true, expires: 2020-01-01T00:00:00Z}
                """))
                .run(context -> assertThat(verdict(context, "quotes", "{\"a\":1}", "{\"a\":2}"))
                        .isEqualTo(Verdict.MISMATCHED));
    }

    @Test
    void rulesOfTheDefaultsComeFirstThenTheExperimentsThenWhatIsSaidInShort() {
        runner.withInitializer(Yaml.of("""
                scientist:
                  defaults.comparator:
                    rules: [{at: /a, ignored: true}]
                    ignore: [/replaced]
                    tolerance: 0.1
                  experiments.quotes.comparator:
                    rules: [{at: /b, ignored: true}, {at: /c, any-order: true}]
                    ignore: [/d]
                """))
                .run(context -> assertThat(rules(context, "quotes").toString()).isEqualTo("""
                        at("/a").ignored()
                        at("/b").ignored()
                        at("/c").anyOrder()
                        at("/d").ignored()
                        at("/**").within("0.1")"""));
    }

    @Test
    void rulesOfTheDefaultsHoldWhereAnExperimentSaysNothingAndCountForEachApart() {
        runner.withPropertyValues(
                        "scientist.defaults.comparator.rules[0].at=/a",
                        "scientist.defaults.comparator.rules[0].ignored=true")
                .run(context -> {
                    Verdict verdict = verdict(context, "quotes", "{\"a\":1}", "{\"a\":2}");
                    verdict(context, "orders", "{\"a\":1}", "{\"a\":1}");

                    assertThat(verdict).isEqualTo(Verdict.MATCHED);
                    assertThat(hidden(context, "quotes")).containsExactly(1L);
                    assertThat(hidden(context, "orders")).containsExactly(0L);
                });
    }

    @Test
    void rulesOfAnExperimentAreAddedToThoseOfItsCode() {
        JsonComparator own = JsonComparator.json().rules(Rule.at("/a").ignored().named("of the code"));

        runner.withPropertyValues(
                        "scientist.defaults.comparator.ignore=/c",
                        "scientist.experiments.quotes.comparator.rules[0].at=/b",
                        "scientist.experiments.quotes.comparator.rules[0].ignored=true")
                .run(context -> {
                    experiment(context, "quotes", options -> options.comparator(own));
                    experiment(context, "orders", options -> options.comparator(own));

                    assertThat(rules(context, "quotes").rules())
                            .extracting(Rule::name)
                            .containsExactly("of the code", "at(\"/b\").ignored()");
                    assertThat(rules(context, "orders")).isSameAs(own.rules());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCIENTIST_EXPERIMENTS_PRICING_QUOTE_", "SCIENTIST_DEFAULTS_"})
    void aRuleMayComeFromTheEnvironment(String block) {
        Variables variables = new Variables(
                Map.of(block + "COMPARATOR_RULES_0_AT", "/a", block + "COMPARATOR_RULES_0_ANY_ORDER", "true"));

        runner.withInitializer(variables)
                .run(context -> assertThat(verdict(context, "pricing.quote", "{\"a\":[1,2]}", "{\"a\":[2,1]}"))
                        .isEqualTo(Verdict.MATCHED));
    }

    @Test
    void theBeansOfARuleAreNotCreatedForAnExperimentThatNobodyDeclares() {
        runner.withBean(
                        "expensive",
                        BiPredicate.class,
                        () -> {
                            throw new IllegalStateException("created");
                        },
                        definition -> definition.setLazyInit(true))
                .withPropertyValues(
                        "scientist.experiments.not.declared.comparator.rules[0].at=/a",
                        "scientist.experiments.not.declared.comparator.rules[0].accepting=expensive")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static RuleSet rules(ApplicationContext context, String name) {
        DeclaredRules declared = context.getBean(DeclaredRules.class);
        if (declared.rules(name) == null) {
            experiment(context, name, options -> {});
        }
        RuleSet rules = declared.rules(name);
        assertThat(rules).isNotNull();
        return rules;
    }

    private static Stream<Long> hidden(ApplicationContext context, String name) {
        RuleSet rules = rules(context, name);
        return rules.rules().stream().map(rules::hidden);
    }

    private static Verdict verdict(ApplicationContext context, String name, String primary, String candidate) {
        Experiment<String> experiment = experiment(context, name, options -> {});
        experiment.run(() -> primary, () -> candidate);
        return Stream.of(Verdict.values())
                .filter(verdict -> experiment.tally().count(verdict) == 1)
                .findFirst()
                .orElseThrow();
    }

    private static Experiment<String> experiment(
            ApplicationContext context, String name, Consumer<ExperimentOptions.Builder<String>> options) {
        return context.getBean(Scientist.class).experiment(name, (ExperimentOptions.Builder<String> builder) -> {
            options.accept(builder);
            builder.start(Start.SAME_THREAD);
        });
    }
}
