package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@DisplayName("The check of properties at start looks names up, and does not search them")
class ExperimentNamesTest {

    private static final int EXPERIMENTS = 2_000;

    /** Counts how often a name is looked at. */
    private static final class CountedNames extends AbstractList<String> {

        private final List<String> names;
        private long looks;

        CountedNames(List<String> names) {
            this.names = names;
        }

        @Override
        public String get(int index) {
            looks++;
            return names.get(index);
        }

        @Override
        public int size() {
            return names.size();
        }
    }

    private static String name(int i) {
        return "pricing.service-" + i + ".quote";
    }

    private static StandardEnvironment environment(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new OriginTrackedMapPropertySource("file", properties, true));
        return environment;
    }

    @Test
    void eachNameIsLookedAtOnceHoweverManyPropertiesThereAre() {
        CountedNames names = new CountedNames(IntStream.range(0, EXPERIMENTS)
                .mapToObj(ExperimentNamesTest::name)
                .toList());
        Map<String, Object> properties = new HashMap<>();
        for (int i = 0; i < EXPERIMENTS; i++) {
            properties.put("scientist.experiments." + name(i) + ".sample-rate", "0.1");
            properties.put("scientist.experiments[" + name(i) + "].enabled", "false");
            properties.put("scientist.experiments.sales.service-" + i + ".sample-rate", "0.1");
        }

        new UnknownKeys(environment(properties), new ExperimentNames(names)).requireNone();

        assertThat(names.looks).isEqualTo(EXPERIMENTS);
    }

    @Test
    void whatWasMeantIsSearchedForAFewNamesAndOnceForEach() {
        CountedNames names = new CountedNames(IntStream.range(0, EXPERIMENTS)
                .mapToObj(ExperimentNamesTest::name)
                .toList());
        ExperimentNames experiments = new ExperimentNames(names);
        names.looks = 0;

        boolean isFound = experiments.nearest("pricing.servce-7.quote").isPresent();
        for (int i = 0; i < EXPERIMENTS; i++) {
            experiments.nearest("pricing.servce-7.quote");
            experiments.nearest("pricing.servce-" + i + ".quote");
        }

        assertThat(isFound).isTrue();
        assertThat(names.looks).isLessThanOrEqualTo(20L * EXPERIMENTS);
    }

    @Test
    void ofTwoThatAreWrittenAlikeBothHaveTheProperty() {
        ExperimentNames experiments = new ExperimentNames(List.of("Pricing-Quote", "pricingquote", "pricing"));

        List<PropertyMention> mentions = PropertyMention.in(environment(Map.of(
                        "scientist.experiments.pricing-quote.sample-rate", "1",
                        "scientist.experiments[pricingquote].sample-rate", "1",
                        "scientist.experiments[Pricing-Quote].sample-rate", "1")))
                .toList();

        assertThat(mentions).hasSize(3).allMatch(experiments::has);
    }
}
