package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-43")
class JsonArrayOrderTest {

    @Test
    @Tag("case-36")
    void identicalArraysAreEqual() {
        assertThat(json().compare("[1,2,3]", "[1, 2, 3]")).isEmpty();
        assertThat(json().compare("[]", "[ ]")).isEmpty();
        assertThat(json().ignoringArrayOrder().compare("[]", "[ ]")).isEmpty();
    }

    @Test
    @Tag("case-36")
    void reorderedObjectsAreRecognisedWhenAnyOrderIsConfigured() {
        String primary = "[{\"id\":1,\"tags\":[\"a\",\"b\"]},{\"id\":2,\"tags\":[]}]";
        String candidate = "[{\"tags\":[],\"id\":2},{\"tags\":[\"b\",\"a\"],\"id\":1}]";

        assertThat(json().ignoringArrayOrder().compare(primary, candidate)).isEmpty();
    }

    @Test
    void orderMattersUnlessToldOtherwise() {
        List<Difference> differences = json().compare("{\"a\":[1,2,3]}", "{\"a\":[3,1,2]}");

        assertThat(differences)
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/a", Kind.REORDERED));
        assertThat(json().compare("[1,2]", "[2,1,1]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/0", Kind.MISSING), tuple("/1", Kind.UNEXPECTED), tuple("/2", Kind.UNEXPECTED));
    }

    @Test
    void duplicatesAreCounted() {
        JsonComparator comparator = json().ignoringArrayOrder();

        assertThat(comparator.compare("[1,1,2]", "[1,2,1]")).isEmpty();
        assertThat(comparator.compare("[1,1,2]", "[1,2,2]"))
                .extracting(Difference::path, Difference::primary, Difference::candidate)
                .hasSize(1);
        assertThat(comparator.compare("[1,1]", "[1]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/1", Kind.MISSING));
        assertThat(comparator.compare("[1]", "[1,1,1]"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/1", Kind.UNEXPECTED), tuple("/2", Kind.UNEXPECTED));
    }

    @Test
    void theLastTwoWithoutACounterpartAreComparedWithEachOther() {
        List<Difference> differences = json().ignoringArrayOrder()
                .compare("[{\"id\":1,\"n\":1},{\"id\":2,\"n\":2}]", "[{\"id\":2,\"n\":9},{\"id\":1,\"n\":1}]");

        assertThat(differences)
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/1/n", Kind.CHANGED));
    }

    @Test
    void severalWithoutACounterpartAreNeverPairedByAccident() {
        List<Difference> differences =
                json().ignoringArrayOrder().compare("[\"a\",\"b\",\"c\"]", "[\"c\",\"d\",\"e\"]");

        assertThat(differences)
                .extracting(Difference::path, Difference::kind)
                .containsExactly(
                        tuple("/0", Kind.MISSING),
                        tuple("/1", Kind.MISSING),
                        tuple("/1", Kind.UNEXPECTED),
                        tuple("/2", Kind.UNEXPECTED));
    }

    @Test
    void anyOrderCanBeLimitedToSomeArrays() {
        JsonComparator comparator = json().ignoringArrayOrderAt("/tags", "/items/*/tags");

        assertThat(comparator.compare(
                        "{\"tags\":[1,2],\"items\":[{\"tags\":[1,2]}]}",
                        "{\"tags\":[2,1],\"items\":[{\"tags\":[2,1]}]}"))
                .isEmpty();
        assertThat(comparator.compare("{\"list\":[1,2],\"tags\":[[1,2],3]}", "{\"list\":[2,1],\"tags\":[3,[2,1]]}"))
                .extracting(Difference::path, Difference::kind)
                .containsExactly(tuple("/list", Kind.REORDERED), tuple("/tags/0", Kind.REORDERED));
        assertThat(json().ignoringArrayOrderAt("/**/tags").compare("[{\"tags\":[1,2]}]", "[{\"tags\":[2,1]}]"))
                .isEmpty();
    }

    @Test
    void whatIsIgnoredDoesNotKeepElementsApart() {
        JsonComparator comparator = json().ignoring("/*/id").ignoringArrayOrder();

        assertThat(comparator.compare(
                        "[{\"id\":1,\"n\":1},{\"id\":2,\"n\":2}]", "[{\"id\":8,\"n\":2},{\"id\":9,\"n\":1}]"))
                .isEmpty();
    }

    @Test
    void withinAToleranceACompletePairingIsFoundWhereThereIsOne() {
        JsonComparator comparator = json().ignoringArrayOrder().tolerance(0.4);

        // 1.0 is on both sides, yet pairing it with itself would leave 1.4 and 0.6 over.
        assertThat(comparator.compare("[1.0, 1.4]", "[0.6, 1.0]")).isEmpty();
        assertThat(comparator.compare("[{\"n\":[1.0, 9]}, {\"n\":[1.4, 9]}]", "[{\"n\":[9, 0.6]}, {\"n\":[1.0, 9.1]}]"))
                .isEmpty();
        assertThat(comparator.compare("[1.0, 1.4]", "[0.6, 1.9]"))
                .extracting(Difference::path)
                .hasSize(1);
    }

    @Test
    void withinAToleranceNeighboursThatMovedALittleAreNotReordered() {
        JsonComparator comparator = json().tolerance(0.1);

        assertThat(comparator.compare("[1, 1.05]", "[1.05, 1]")).isEmpty();
        assertThat(comparator.compare("[1, 5]", "[5, 1]"))
                .extracting(Difference::kind)
                .containsExactly(Kind.REORDERED);
    }

    @Test
    void aPairingWithinAToleranceAgreesWithTryingAllPermutations() {
        Random random = new Random(43);
        for (int round = 0; round < 3_000; round++) {
            List<Integer> primary = numbers(random);
            List<Integer> candidate = numbers(random);

            boolean isEqual = json().ignoringArrayOrder()
                    .tolerance(2)
                    .compare(primary.toString(), " " + candidate)
                    .isEmpty();

            assertThat(isEqual)
                    .as("%s and %s", primary, candidate)
                    .isEqualTo(canBePaired(primary, new ArrayList<>(candidate)));
        }
    }

    @Test
    void aHundredThousandElementsInAnyOrderAreCompared() {
        List<String> elements = new ArrayList<>(IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"id\":" + i % 60_000 + ",\"name\":\"n" + i % 7 + "\"}")
                .toList());
        String primary = elements.toString();
        Collections.shuffle(elements, new Random(7));
        String shuffled = elements.toString();
        elements.set(500, "{\"id\":-1}");
        String changed = elements.toString();

        assertThat(json().ignoringArrayOrder().compare(primary, shuffled)).isEmpty();
        assertThat(json().ignoringArrayOrder().tolerance(0.1).compare(primary, shuffled))
                .isEmpty();
        assertThat(json().ignoringArrayOrder().compare(primary, changed)).hasSize(2);
        assertThat(json().compare(primary, shuffled))
                .extracting(Difference::kind)
                .containsExactly(Kind.REORDERED);
    }

    private static List<Integer> numbers(Random random) {
        return IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> random.nextInt(9))
                .toList();
    }

    private static boolean canBePaired(List<Integer> primary, List<Integer> candidate) {
        if (primary.isEmpty() || candidate.isEmpty()) {
            return primary.size() == candidate.size();
        }
        for (int i = 0; i < candidate.size(); i++) {
            List<Integer> rest = new ArrayList<>(candidate);
            int other = rest.remove(i);
            if (Math.abs(primary.get(0) - other) <= 2 && canBePaired(primary.subList(1, primary.size()), rest)) {
                return true;
            }
        }
        return false;
    }
}
