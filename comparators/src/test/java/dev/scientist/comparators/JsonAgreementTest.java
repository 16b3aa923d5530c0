package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.scientist.Difference;
import dev.scientist.comparators.RandomDocuments.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.Option;
import net.javacrumbs.jsonunit.core.internal.Diff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Random documents: the verdict is that of equality by value, and of json-unit, and the same at every speed. Where we
 * differ from json-unit on purpose, a claim says so.
 */
class JsonAgreementTest {

    private static final long SEED = 20_261_120;
    private static final int PAIRS = 11_000; // ten configurations: 110 000 pairs
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final com.fasterxml.jackson.databind.ObjectMapper MAPPER_2 =
            new com.fasterxml.jackson.databind.ObjectMapper();

    private static final Logger JSON_UNIT = (Logger) LoggerFactory.getLogger("net.javacrumbs.jsonunit");

    private static @Nullable Level levelBefore;

    @BeforeAll
    static void silence() {
        levelBefore = JSON_UNIT.getLevel();
        JSON_UNIT.setLevel(Level.OFF); // it would write every document twice
    }

    @AfterAll
    static void speak() {
        JSON_UNIT.setLevel(levelBefore);
    }

    /** What is compared under, by us and by json-unit. */
    record Setting(JsonComparator comparator, Configuration configuration) {

        @Override
        public String toString() {
            return comparator.toString();
        }
    }

    static List<Setting> settings() {
        Configuration exact = Configuration.empty().withNumberComparator(Numbers.BY_VALUE);
        Configuration within = exact.withTolerance(0.5);
        return List.of(
                new Setting(json(), exact),
                new Setting(json().tolerance(0.5), within),
                new Setting(json().ignoringArrayOrder(), exact.when(Option.IGNORING_ARRAY_ORDER)),
                new Setting(json().ignoringArrayOrder().tolerance(0.5), within.when(Option.IGNORING_ARRAY_ORDER)),
                same(exact, Option.IGNORING_EXTRA_FIELDS),
                same(exact, Option.IGNORING_EXTRA_ARRAY_ITEMS),
                same(exact, Option.TREATING_NULL_AS_ABSENT),
                same(exact, Option.IGNORING_VALUES),
                same(exact, Option.IGNORING_ARRAY_ORDER, Option.IGNORING_EXTRA_FIELDS),
                same(exact, Option.IGNORING_ARRAY_ORDER, Option.IGNORING_EXTRA_ARRAY_ITEMS));
    }

    private static Setting same(Configuration exact, Option first, Option... next) {
        return new Setting(json().when(first, next), exact.when(first, next));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theVerdictIsThatOfJsonUnitOnTheSameConfiguration(Setting setting) {
        RandomDocuments documents = new RandomDocuments(SEED);
        BiPredicate<Object, Object> agrees = (primary, candidate) -> setting.comparator()
                        .compare(documents.text(primary), documents.text(candidate))
                        .isEmpty()
                == isSimilar(primary, candidate, setting.configuration());
        int equal = 0;
        Pair wrong = null;

        for (int i = 0; i < PAIRS && wrong == null; i++) {
            Pair pair = documents.pair();
            equal += isSimilar(pair.primary(), pair.candidate(), setting.configuration()) ? 1 : 0;
            wrong = agrees.test(pair.primary(), pair.candidate()) ? null : RandomDocuments.shrunk(pair, agrees);
        }

        assertThat(wrong).as("seed %s", SEED).isNull();
        assertThat(equal).isBetween(PAIRS / 4, PAIRS * 3 / 4);
    }

    @Test
    void theVerdictIsEqualityByValue() {
        RandomDocuments documents = new RandomDocuments(SEED + 1);
        BiPredicate<Object, Object> agrees =
                (primary, candidate) -> json().compare(documents.text(primary), documents.text(candidate))
                                .isEmpty()
                        == primary.equals(candidate);

        assertThat(firstWrong(documents, PAIRS, agrees)).as("seed %s", SEED + 1).isNull();
    }

    static Stream<JsonComparator> comparators() {
        return Stream.of(
                json(),
                json().ignoring("/a", "/*/b", "/0"),
                json().ignoring("/**/a").tolerance(0.25),
                json().ignoringArrayOrder().ignoring("/*/*/b"),
                json().ignoringArrayOrderAt("/a", "/*/b").tolerance(0.5),
                json().rules(Rule.at("/**").byKey("/a")),
                json().rules(Rule.at("/*/a").presenceOnly(), Rule.at("/**/b").blankAsMissing()),
                json().rules(Rule.at("/**").accepting((primary, candidate) -> primary == null || candidate == null)));
    }

    @ParameterizedTest
    @MethodSource("comparators")
    void theVerdictIsTheSameAtEverySpeed(JsonComparator comparator) {
        RandomDocuments documents = new RandomDocuments(SEED + 2);
        BiPredicate<Object, Object> agrees = (primary, candidate) -> {
            String text = documents.text(primary);
            String other = documents.text(candidate);
            boolean isEqual = comparator.compareRead(text, other).isEmpty();
            boolean isSeenEqual = comparator.seesNoDifference(text.getBytes(UTF_8), other);
            return comparator.compare(text, " " + other).isEmpty() == isEqual
                    && (isEqual || !isSeenEqual)
                    && comparator.compare(tree(text), tree(other)).isEmpty() == isEqual
                    && comparator.compare(tree2(text), tree2(other)).isEmpty() == isEqual
                    && comparator.compare(tree2(text), tree(other)).isEmpty() == isEqual;
        };

        assertThat(firstWrong(documents, PAIRS / 4, agrees))
                .as("seed %s", SEED + 2)
                .isNull();
    }

    @Test
    void everyPathReportedIsAPlaceInThePrimaryButForTheLastSegmentOfWhatOnlyTheCandidateHas() {
        RandomDocuments documents = new RandomDocuments(SEED + 3);
        List<String> wrong = new ArrayList<>();

        for (int i = 0; i < PAIRS / 4; i++) {
            Pair pair = documents.pair();
            JsonNode primary = tree(documents.text(pair.primary()));
            JsonNode candidate = tree(documents.text(pair.candidate()));
            for (Difference difference : json().compare(primary, candidate)) {
                String path = difference.path();
                boolean isUnexpected = difference.kind() == Difference.Kind.UNEXPECTED;
                String place = isUnexpected ? path.substring(0, path.lastIndexOf('/')) : path;
                if (primary.at(place).isMissingNode()
                        || (isUnexpected && !primary.at(place).isContainer())) {
                    wrong.add(difference + " of " + pair);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void onPurposeATemplateInADocumentIsTextToUsAndNotToJsonUnit() {
        String template = "\"${json-unit.any-number}\"";

        boolean isSimilar = Diff.create(tree(template), tree("1"), "candidate", "", Configuration.empty())
                .similar();

        assertThat(isSimilar).isTrue();
        assertThat(json().compare(template, "1")).hasSize(1);
    }

    @Test
    void onPurposeNumbersAreEqualByValueToUsAndByScaleToJsonUnitUnlessTold() {
        boolean isSimilar = Diff.create(tree("1"), tree("1.0"), "candidate", "", Configuration.empty())
                .similar();

        assertThat(isSimilar).isFalse();
        assertThat(json().compare("1", "1.0")).isEmpty();
    }

    private static @Nullable Pair firstWrong(RandomDocuments documents, int pairs, BiPredicate<Object, Object> holds) {
        for (int i = 0; i < pairs; i++) {
            Pair pair = documents.pair();
            if (!holds.test(pair.primary(), pair.candidate())) {
                return RandomDocuments.shrunk(pair, holds);
            }
        }
        return null;
    }

    private static boolean isSimilar(Object primary, Object candidate, Configuration configuration) {
        JsonNode expected = tree(RandomDocuments.plain(primary));
        JsonNode actual = tree(RandomDocuments.plain(candidate));
        return Diff.create(expected, actual, "candidate", "", configuration).similar();
    }

    private static JsonNode tree(String text) {
        return MAPPER.readTree(text);
    }

    private static com.fasterxml.jackson.databind.JsonNode tree2(String text) {
        try {
            return MAPPER_2.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
