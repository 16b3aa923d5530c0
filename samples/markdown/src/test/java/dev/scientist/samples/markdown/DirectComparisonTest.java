package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import java.net.URL;
import java.util.List;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the two libraries without Scientist and without any class of this sample, and checks that the run agrees.
 */
class DirectComparisonTest {

    private static final Arguments FEW_DOCUMENTS = new Arguments(null, null, 400, 4, 7);

    private static Report report;

    record Direct(int examples, int mismatched, int ignored, int candidateFailed) {}

    @BeforeAll
    static void runOnce() throws InterruptedException {
        report = new SideBySide(MarkdownToHtml.commonmark(), MarkdownToHtml.flexmark(), Progress.NONE)
                .run(FEW_DOCUMENTS);
    }

    @Test
    void theCommonmarkNumbersAreThoseOfADirectComparison() {
        Direct direct = direct(examples(TestResources.getSpec()));

        Part part = report.part("commonmark");

        assertThat(told(part)).isEqualTo(direct);
        assertThat(direct.examples()).isEqualTo(652);
        assertThat(direct.mismatched()).isPositive();
        assertThat(direct.ignored()).isPositive();
    }

    @Test
    void theGfmNumbersAreThoseOfADirectComparison() {
        Direct direct = direct(examples(TestResources.getGfmSpec()));

        Part part = report.part("gfm");

        assertThat(told(part)).isEqualTo(direct);
        assertThat(direct.examples()).isEqualTo(672);
        assertThat(direct.mismatched()).isPositive();
    }

    @Test
    void theNumbersOfTheDocumentsAreThoseOfADirectComparison() {
        List<Input> documents = Load.all(FEW_DOCUMENTS).get(2).inputs();
        Direct direct = direct(documents.stream().map(Input::markdown).toList());

        Part part = report.part("documents");

        assertThat(told(part)).isEqualTo(direct);
        assertThat(direct.mismatched()).isPositive();
    }

    @Test
    void theVerdictsSumToTheCalls() {
        long expected = 652L + 672 + FEW_DOCUMENTS.documents();

        Verdicts verdicts = report.verdicts();

        assertThat(report.calls()).isEqualTo(expected);
        assertThat(verdicts.sum()).isEqualTo(expected);
        assertThat(report.parts())
                .allSatisfy(part -> assertThat(part.verdicts().sum()).isEqualTo(part.calls()));
        assertThat(verdicts.count(Verdict.SKIPPED)).isZero();
    }

    @Test
    void theGroupsHoldEveryMismatch() {
        long mismatched = report.verdicts().count(Verdict.MISMATCHED);

        List<DifferenceGroup> groups = report.groups();

        assertThat(groups.stream().mapToLong(DifferenceGroup::count).sum()).isEqualTo(mismatched);
        assertThat(groups).hasSizeBetween(10, 30);
        assertThat(groups).isSortedAccordingTo((one, other) -> Long.compare(other.count(), one.count()));
    }

    @Test
    void eachExampleIsTrueForTheInputItShows() {
        MarkdownToHtml primary = MarkdownToHtml.commonmark();
        MarkdownToHtml candidate = MarkdownToHtml.flexmark();

        List<DifferenceGroup.Example> examples =
                report.groups().stream().map(DifferenceGroup::example).toList();

        assertThat(examples).allSatisfy(example -> {
            assertThat(example.primary()).isEqualTo(primary.render(example.markdown()));
            assertThat(example.candidate()).isEqualTo(candidate.render(example.markdown()));
            assertThat(example.primary()).isNotEqualTo(example.candidate());
        });
    }

    @Test
    void everyCallIsInBothLatencyDistributions() {
        Latencies latencies = report.latencies();

        assertThat(latencies.primary().getTotalCount()).isEqualTo(report.calls());
        assertThat(latencies.candidate().getTotalCount()).isEqualTo(report.calls());
    }

    @Test
    void theTrailEndsAtTheRateOfTheDocuments() {
        Verdicts documents = report.part("documents").verdicts();

        RatePoint last = report.trail().get(report.trail().size() - 1);

        assertThat(last).isEqualTo(new RatePoint(documents.compared(), documents.bad()));
    }

    private static List<String> examples(URL specification) {
        return ExampleReader.readExampleSources(specification);
    }

    private static Direct told(Part part) {
        return new Direct(
                (int) part.calls(),
                count(part, Verdict.MISMATCHED),
                count(part, Verdict.IGNORED),
                count(part, Verdict.CANDIDATE_FAILED));
    }

    private static int count(Part part, Verdict verdict) {
        return (int) part.verdicts().count(verdict);
    }

    private static Direct direct(List<String> inputs) {
        var primaryParser = org.commonmark.parser.Parser.builder().build();
        var primaryRenderer =
                org.commonmark.renderer.html.HtmlRenderer.builder().build();
        var candidateParser = com.vladsch.flexmark.parser.Parser.builder().build();
        var candidateRenderer = com.vladsch.flexmark.html.HtmlRenderer.builder().build();
        int mismatched = 0;
        int ignored = 0;
        int candidateFailed = 0;
        for (String markdown : inputs) {
            String expected = primaryRenderer.render(primaryParser.parse(markdown));
            try {
                String actual = candidateRenderer.render(candidateParser.parse(markdown));
                boolean isAccepted = !actual.equals(expected) && trimmed(actual).equals(trimmed(expected));
                ignored += isAccepted ? 1 : 0;
                mismatched += actual.equals(expected) || isAccepted ? 0 : 1;
            } catch (RuntimeException e) {
                candidateFailed++;
            }
        }
        return new Direct(inputs.size(), mismatched, ignored, candidateFailed);
    }

    /** The HTML without blanks at the edges of inline code. */
    private static String trimmed(String html) {
        return html.replaceAll("(?<!<pre>)<code>[ \\n]*+([^<]*?)[ \\n]*</code>", "<code>$1</code>");
    }
}
