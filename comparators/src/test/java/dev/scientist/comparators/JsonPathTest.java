package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.Difference;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths are JSON Pointers, and a rule's path respects the boundaries of segments. */
@Tag("case-42")
class JsonPathTest {

    @Test
    void anIgnoredPathRespectsTheBoundariesOfItsSegments() {
        JsonComparator comparator = json().ignoring("/a");

        assertThat(comparator.compare("{\"a\":1}", "{\"a\":{\"b\":2}}")).isEmpty();
        assertThat(comparator.compare("{\"a\":1}", "{}")).isEmpty();
        assertThat(only(comparator.compare("{\"ab\":1}", "{\"ab\":2}")).path()).isEqualTo("/ab");
        assertThat(only(comparator.compare("{\"b\":{\"a\":1}}", "{\"b\":{\"a\":2}}"))
                        .path())
                .isEqualTo("/b/a");
    }

    @Test
    void wildcardsStandForElementsAndKeys() {
        String primary = "{\"items\":[{\"id\":1,\"n\":1},{\"id\":2,\"n\":1}],\"map\":{\"x\":{\"id\":3,\"n\":1}}}";
        String candidate = "{\"items\":[{\"id\":7,\"n\":1},{\"n\":1}],\"map\":{\"x\":{\"id\":9,\"n\":2}}}";

        assertThat(json().ignoring("/items/*/id").compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/map/x/id", "/map/x/n");
        assertThat(json().ignoring("/*/*/id", "/map/*/n").compare(primary, candidate))
                .isEmpty();
        assertThat(json().ignoring("/**/id").compare(primary, candidate))
                .extracting(Difference::path)
                .containsExactly("/map/x/n");
        assertThat(json().ignoring("/**/id").ignoring("/map/**").compare(primary, candidate))
                .isEmpty();
    }

    @Test
    void anIgnoredElementKeepsItsPlace() {
        JsonComparator comparator = json().ignoring("/1");

        assertThat(comparator.compare("[1,2,3]", "[1,9,3]")).isEmpty();
        assertThat(comparator.compare("[1,2]", "[1]")).isEmpty();
        assertThat(only(comparator.compare("[1,2,3]", "[1,2,4]")).path()).isEqualTo("/2");
        assertThat(only(comparator.compare("[1,2,3]", "[1]")).path()).isEqualTo("/2");
        assertThat(json().ignoring("/*").compare("[1,[2],3]", "[]")).isEmpty();
    }

    @Test
    @Timeout(20)
    void ignoredElementsMayComeAndGoWithoutWhatFollowsBeingIgnored() {
        JsonComparator comparator = json().ignoring("/items/*");

        assertThat(comparator.compare("{\"items\":[1,2],\"x\":1}", "{\"items\":[1],\"x\":1}"))
                .isEmpty();
        assertThat(comparator.compare("{\"items\":[],\"x\":1}", "{\"x\":1,\"items\":[1]}"))
                .isEmpty();
        assertThat(only(comparator.compare("{\"items\":[1],\"x\":1}", "{\"items\":[1,2],\"x\":2}"))
                        .path())
                .isEqualTo("/x");
    }

    @Test
    void pathsAreJsonPointersWhateverTheKeys() {
        String primary = """
                {"a.b": 1, "c[0]": 1, "d/e": 1, "f~g": 1, "": 1, " ": {"": 1}, "$": 1, "länder": {"日本": 1}, "x": [[1]]}""";

        List<Difference> differences = json().compare(primary, primary.replace('1', '2'));

        assertThat(differences)
                .extracting(Difference::path)
                .containsExactly("/a.b", "/c[0]", "/d~1e", "/f~0g", "/", "/ /", "/$", "/länder/日本", "/x/0/0");
        assertThat(json().ignoring("/a.b", "/c[0]", "/d~1e", "/f~0g", "/", "/ /", "/$", "/länder/日本", "/x/0/0")
                        .compare(primary, primary.replace('1', '2')))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "a/b", "$.a", "/a*", "/~", "/~3", "/a~", "/**", "/**/**"})
    void anInvalidPathFailsAtOnceAndIsQuoted(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json().ignoring("/ok", path))
                .withMessageStartingWith("rule at(\"" + path + "\")")
                .withMessageContaining("must ");
    }

    @Test
    void aWildcardMatchesAWholeSegmentAndNeverAPartOfOne() {
        String primary = "{\"a\":{\"x\":1},\"ab\":{\"x\":1},\"a/b\":{\"x\":1},\"a.b\":{\"x\":1}}";

        assertThat(json().ignoring("/a/*").compare(primary, primary.replace('1', '2')))
                .extracting(Difference::path)
                .containsExactly("/ab/x", "/a~1b/x", "/a.b/x");
        assertThat(json().ignoring("/*/x").compare(primary, primary.replace('1', '2')))
                .isEmpty();
        assertThat(json().ignoring("/a~1b").compare(primary, primary.replace("\"a/b\":{\"x\":1", "\"a/b\":{\"x\":2")))
                .isEmpty();
    }

    @Test
    void aPathIsNeverReadAsARegularExpression() {
        JsonComparator comparator = json().ignoring("/a.b", "/[0-9]+", "/x|y");

        assertThat(comparator.compare("{\"axb\":1,\"7\":1,\"x\":1}", "{\"axb\":2,\"7\":2,\"x\":2}"))
                .extracting(Difference::path)
                .containsExactly("/axb", "/7", "/x");
    }

    @Test
    void whatAnIgnoredContainerHoldsMattersToNoOtherRule() {
        JsonComparator comparator =
                json().rules(Rule.at("/a").presenceOnly(), Rule.at("/a/b").ignored());

        assertThat(comparator.compare("{\"a\":{\"b\":[1],\"c\":1}}", "{\"a\":{\"b\":[2],\"c\":2}}"))
                .isEmpty();
        assertThat(json().rules(Rule.at("").byKey("/m/id"), Rule.at("/*/m").ignored())
                        .compare(
                                "[{\"m\":{\"id\":1}},{\"m\":{\"id\":2},\"n\":1}]",
                                "[{\"m\":{\"id\":2},\"n\":1},{\"m\":{\"id\":1}}]"))
                .isEmpty();
    }

    private static Difference only(List<Difference> differences) {
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }
}
