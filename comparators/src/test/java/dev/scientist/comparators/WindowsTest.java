package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.elements;
import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ResultComparator;
import dev.scientist.comparators.RandomDocuments.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.javacrumbs.jsonunit.core.Option;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A comparator that compares in windows")
class WindowsTest {

    private static final int LISTS = 1_000;

    static Stream<ResultComparator<Object>> thatDo() {
        return Stream.of(
                ResultComparator.equality(),
                json(),
                json().tolerance(0.3),
                json().ignoring("/*/a", "/**/b"),
                json().rules(Rule.at("/*/a").anyOrder(), Rule.at("/*/**/b").blankAsMissing()),
                json().rules(Rule.at("/**/a").byKey("/b"), Rule.at("/*/*").ignored()),
                elements(objects().ignoring("/0")),
                objects(),
                objects().ignoring("/**/a"),
                objects().rules(Rule.at("/*/a").anyOrder()).reading(Duration.class, Duration::toMillis));
    }

    @SuppressWarnings("rawtypes") // of a class literal
    static Stream<ResultComparator<Object>> thatDoNot() {
        return Stream.of(
                (primary, candidate) -> List.of(),
                json().ignoringArrayOrder(),
                json().ignoring("/0"),
                json().ignoring("/*"),
                json().ignoring("/**/0"),
                json().rules(Rule.at("").byKey("/a")),
                json().rules(Rule.at("/**").anyOrder()),
                json().rules(Rule.at("/**").blankAsMissing()),
                json().rules(Rule.at("/*/**").presenceOnly()),
                json().rules(Rule.onCandidate().rename("/a", "/b")),
                json().when(Option.IGNORING_EXTRA_ARRAY_ITEMS),
                elements(json()).first(3),
                objects().ignoring("/3/a"),
                objects().reading(Collection.class, Collection::size));
    }

    @ParameterizedTest
    @MethodSource
    void thatDo(ResultComparator<Object> comparator) throws Exception {
        Random random = new Random(20_261_201);
        RandomDocuments documents = new RandomDocuments(20_261_201);
        int equal = 0;
        List<String> wrong = new ArrayList<>();

        for (int i = 0; i < LISTS; i++) {
            List<Object> primary = new ArrayList<>();
            List<Object> candidate = new ArrayList<>();
            int same = random.nextInt(2);
            for (int length = 1 + random.nextInt(5); length > 0; length--) {
                Pair pair = documents.pair();
                primary.add(pair.primary());
                candidate.add(random.nextInt(3) < 1 + same ? pair.primary() : pair.candidate());
            }
            boolean isWholeEqual = comparator.compare(primary, candidate).isEmpty();
            if (isEqualInWindows(comparator, primary, candidate, random) != isWholeEqual) {
                wrong.add(primary + " and " + candidate);
            }
            equal += isWholeEqual ? 1 : 0;
        }
        assertThat(comparator.comparesInWindows()).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(equal).as("equal lists").isBetween(LISTS / 10, LISTS - LISTS / 10);
    }

    private static boolean isEqualInWindows(
            ResultComparator<Object> comparator, List<Object> primary, List<Object> candidate, Random random)
            throws Exception {
        boolean isEqual = true;
        int from = 0;
        while (from < primary.size()) {
            int to = from + 1 + random.nextInt(primary.size() - from);
            isEqual &= comparator
                    .compare(primary.subList(from, to), candidate.subList(from, to))
                    .isEmpty();
            from = to;
        }
        return isEqual;
    }

    @ParameterizedTest
    @MethodSource
    void thatDoNot(ResultComparator<Object> comparator) {
        assertThat(comparator.comparesInWindows()).isFalse();
    }
}
