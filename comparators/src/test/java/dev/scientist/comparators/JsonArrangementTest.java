package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which elements belong together: by the longest common subsequence, and by key. */
@Tag("case-43")
class JsonArrangementTest {

    @Test
    void oneElementThatComesInFrontIsOneDifference() {
        List<String> elements = new ArrayList<>(IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"n" + i % 7 + "\"}")
                .toList());
        String before = elements.toString();
        elements.add(0, "{\"id\":-1}");

        assertThat(json().compare(before, elements.toString()))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/0", Kind.UNEXPECTED));
        assertThat(json().compare(elements.toString(), before))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/0", Kind.MISSING));
    }

    @Test
    void whatComesWhatGoesAndWhatChangesIsReportedInOneArray() {
        List<Difference> differences = json().compare(
                        "[{\"id\":1},{\"id\":2,\"n\":2},{\"id\":3},{\"id\":4},{\"id\":5}]",
                        "[{\"id\":1},{\"id\":2,\"n\":7},{\"id\":3},{\"id\":9},{\"id\":9},{\"id\":4}]");

        assertThat(differences)
                .extracting(Difference::path, Difference::kind)
                .containsExactly(
                        tuple("/1/n", Kind.CHANGED),
                        tuple("/3", Kind.UNEXPECTED),
                        tuple("/4", Kind.UNEXPECTED),
                        tuple("/4", Kind.MISSING));
    }

    @Test
    void elementsFindEachOtherByKey() {
        JsonComparator comparator = json().rules(Rule.at("/items").byKey("/id"));

        assertThat(comparator.compare(
                        "{\"items\":[{\"id\":1,\"n\":1},{\"id\":2,\"n\":2},{\"id\":3,\"n\":3}]}",
                        "{\"items\":[{\"id\":3,\"n\":3},{\"id\":1.0,\"n\":8},{\"id\":4,\"n\":2}]}"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(
                        tuple("/items/0/n", Kind.CHANGED),
                        tuple("/items/1", Kind.MISSING),
                        tuple("/items/2", Kind.UNEXPECTED));
    }

    @Test
    void aKeyCanBeComposedAndNested() {
        JsonComparator comparator = json().rules(Rule.at("").byKey("/order/no", "/line"));

        assertThat(comparator.compare(
                        "[{\"order\":{\"no\":1},\"line\":1,\"n\":1},{\"order\":{\"no\":1},\"line\":2,\"n\":2}]",
                        "[{\"order\":{\"no\":1},\"line\":2,\"n\":2},{\"order\":{\"no\":1},\"line\":1,\"n\":9}]"))
                .extracting(Difference::path)
                .containsExactly("/0/n");
    }

    @Test
    void elementsWithoutTheKeyAreReportedAndNeverPairedByAccident() {
        JsonComparator comparator = json().rules(Rule.at("").byKey("/id"));

        assertThat(comparator.compare("[{\"id\":1},{\"n\":1},7]", "[{\"n\":2},{\"id\":1},7]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/1", Kind.MISSING), tuple("/0", Kind.UNEXPECTED));
        assertThat(comparator.compare("[{\"n\":1},{\"id\":null}]", "[{\"id\":null},{\"n\":1}]"))
                .isEmpty();
    }

    @Test
    void aKeyThatComesTwiceIsPairedByEqualityFirst() {
        JsonComparator comparator = json().rules(Rule.at("").byKey("/id"));

        assertThat(comparator.compare(
                        "[{\"id\":1,\"n\":1},{\"id\":1,\"n\":2}]", "[{\"id\":1,\"n\":2},{\"id\":1,\"n\":3}]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/0/n", Kind.CHANGED));
        assertThat(comparator.compare("[{\"id\":1,\"n\":1},{\"id\":1,\"n\":1}]", "[{\"id\":1,\"n\":1}]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/1", Kind.MISSING));
    }

    @Test
    void whatIsHiddenIsCountedOnceWhateverTheSpeed() throws Exception {
        var mapper = new tools.jackson.databind.ObjectMapper();
        String primary = "{\"a\":1,\"items\":[{\"id\":1,\"etag\":\"x\",\"n\":1.0},{\"id\":2,\"etag\":\"y\",\"n\":2}]}";
        String candidate =
                "{\"a\":1,\"items\":[{\"id\":2,\"etag\":\"y\",\"n\":2},{\"id\":1,\"etag\":\"z\",\"n\":1.1}]}";
        String different = candidate.replace("\"a\":1", "\"a\":2");
        for (String other : List.of(candidate, different)) {
            for (boolean isTree : List.of(true, false)) {
                Rule etags = Rule.at("/**/etag").ignored();
                Rule numbers = Rule.at("/items/*/n").within("0.5");
                Rule order = Rule.at("/items").byKey("/id");
                RuleSet rules = RuleSet.of(etags, numbers, order);

                json().rules(rules)
                        .compare(isTree ? mapper.readTree(primary) : primary, isTree ? mapper.readTree(other) : other);

                assertThat(List.of(rules.hidden(etags), rules.hidden(numbers), rules.hidden(order)))
                        .containsExactly(1L, 1L, 1L);
            }
        }
    }
}
