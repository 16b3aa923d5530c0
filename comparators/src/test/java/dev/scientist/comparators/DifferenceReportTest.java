package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.Difference.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DifferenceReportTest {

    private static final List<Difference> DIFFERENCES = List.of(
            Difference.of("/total", Kind.CHANGED, new BigDecimal("10.00"), new BigDecimal("10.01"))
                    .withSeverity(Severity.CRITICAL),
            Difference.of("/name", Kind.MISSING, "Ada", null),
            Difference.of("/tags/0", Kind.UNEXPECTED, null, List.of("x")),
            Difference.of("/note", Kind.CHANGED, "one\ntwo\nthree", "one\n2\nthree"));

    @Test
    @Tag("promise-13")
    void noRenderingShowsAValueByDefault() {
        DifferenceReport report = DifferenceReport.of(DIFFERENCES);

        assertThat(List.of(report.text(), report.unifiedDiff(), report.jsonPatch(), report.toString()))
                .allSatisfy(text ->
                        assertThat(text).doesNotContain("10.0", "Ada", "three").contains("/total"));
        assertThat(report.text()).startsWith("changed (critical) at /total: \"<number>\" -> \"<number>\"\n");
    }

    @Test
    void theTextHasOneLineForEachDifference() {
        String text = DifferenceReport.of(DIFFERENCES, Redactor.showingAll()).text();

        assertThat(text).isEqualTo("""
                        changed (critical) at /total: 10.00 -> 10.01
                        missing at /name: "Ada" -> nothing
                        unexpected at /tags/0: nothing -> ["x"]
                        changed at /note: "one\\ntwo\\nthree" -> "one\\n2\\nthree\"""");
    }

    @Test
    void theUnifiedDiffShowsTheLinesThatDiffer() {
        String diff = DifferenceReport.of(DIFFERENCES, Redactor.showingAll()).unifiedDiff();

        assertThat(diff).isEqualTo("""
                        --- primary
                        +++ candidate
                        @@ -1,1 +1,1 @@ /total
                        -10.00
                        +10.01
                        @@ -1,1 +0,0 @@ /name
                        -Ada
                        @@ -0,0 +1,3 @@ /tags/0
                        +[
                        +  "x"
                        +]
                        @@ -1,3 +1,3 @@ /note
                         one
                        -two
                        +2
                         three""");
    }

    @Test
    void aValueForgesNoLineOfAReport() {
        List<Difference> differences = List.of(Difference.of("/a\nmatched", Kind.CHANGED, "x\r\u001b[2J", "\u2028y"));

        DifferenceReport report = DifferenceReport.of(differences, Redactor.showingAll());

        assertThat(report.text()).hasLineCount(1).doesNotContain("\u001b", "\u2028");
        assertThat(report.unifiedDiff()).doesNotContain("\u001b", "\u2028", "\nmatched");
    }

    @Test
    void theJsonPatchNamesOperationsInTheOrderInWhichTheyApply() {
        List<Difference> differences = List.of(
                Difference.of("/a/1", Kind.MISSING, 1, null),
                Difference.of("/a/2", Kind.MISSING, 1, null),
                Difference.of("/a/0/b", Kind.CHANGED, 1, 2),
                Difference.of("", Kind.ERROR, "x", "y"));

        String patch = DifferenceReport.of(differences, Redactor.showingAll()).jsonPatch();

        assertThat(patch)
                .isEqualTo(
                        "[{\"op\":\"replace\",\"path\":\"/a/0/b\",\"value\":2},{\"op\":\"remove\",\"path\":\"/a/2\"},"
                                + "{\"op\":\"remove\",\"path\":\"/a/1\"}]");
    }

    @Test
    void theJsonPatchMakesTheCandidateOfThePrimary() {
        Random random = new Random(42);
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < 5_000; round++) {
            Object primary = RandomDocument.value(random, 4);
            Object candidate =
                    random.nextInt(4) == 0 ? RandomDocument.value(random, 4) : RandomDocument.changed(random, primary);
            List<Difference> differences =
                    json().maxDifferences(1_000_000).compare(JsonText.of(primary), JsonText.of(candidate));
            String patch =
                    DifferenceReport.of(differences, Redactor.showingAll()).jsonPatch();
            @Nullable Object patched = AppliedPatch.of(primary, patch);
            if (!JsonText.canonical(patched).equals(JsonText.canonical(candidate))) {
                wrong.add(JsonText.of(primary) + " with " + patch + " is not " + JsonText.of(candidate));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void insertedAndRemovedElementsAreFoundWhereEachSideHasThem() {
        Map<String, Object> primary = Map.of("items", List.of("a", List.of("x", "y"), "c"));
        List<Difference> differences = List.of(
                Difference.of("/items/0", Kind.MISSING, "a", null),
                Difference.of("/items/1/0", Kind.MISSING, "x", null),
                Difference.of("/items/1/1", Kind.UNEXPECTED, null, "z"),
                Difference.of("/items/0", Kind.UNEXPECTED, null, "first"),
                Difference.of("/items/3", Kind.UNEXPECTED, null, "last"));

        Object patched = AppliedPatch.of(
                primary, DifferenceReport.of(differences, Redactor.showingAll()).jsonPatch());

        assertThat(patched).isEqualTo(Map.of("items", List.of("first", List.of("y", "z"), "c", "last")));
    }
}
