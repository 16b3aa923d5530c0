package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference.Kind;
import dev.scientist.Verdict;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final MarkdownToHtml ECHO = markdown -> markdown;
    private static final MarkdownToHtml FAILS_AT_LINKS = markdown -> {
        if (markdown.contains("](")) {
            throw new IllegalStateException("no links");
        }
        return markdown;
    };
    private static final Arguments ONE_DOCUMENT = new Arguments(null, null, 1, 2, 1);

    @Test
    void aFailureOfTheCandidateIsCountedAndShown() throws InterruptedException {
        long links = Specification.COMMONMARK.examples().stream()
                .filter(example -> example.markdown().contains("]("))
                .count();

        Report report = new SideBySide(ECHO, FAILS_AT_LINKS, Progress.NONE).run(ONE_DOCUMENT);

        Verdicts verdicts = report.part("commonmark").verdicts();
        assertThat(verdicts.count(Verdict.CANDIDATE_FAILED)).isEqualTo(links).isPositive();
        assertThat(verdicts.sum()).isEqualTo(652);
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.kind()).isEqualTo(Kind.ERROR);
            assertThat(group.example().candidate()).contains("no links");
        });
    }

    @Test
    void anExceptionOfThePrimaryDoesNotEndTheRun() throws InterruptedException {
        Report report = new SideBySide(FAILS_AT_LINKS, ECHO, Progress.NONE).run(ONE_DOCUMENT);

        assertThat(report.verdicts().count(Verdict.PRIMARY_FAILED)).isPositive();
        assertThat(report.verdicts().sum()).isEqualTo(report.calls());
    }

    @Test
    void twoThatAgreeHaveNoGroups() throws InterruptedException {
        Report report = new SideBySide(ECHO, ECHO, Progress.NONE).run(ONE_DOCUMENT);

        assertThat(report.groups()).isEmpty();
        assertThat(report.verdicts().count(Verdict.MATCHED)).isEqualTo(report.calls());
        assertThat(TerminalReport.of(report, Terminal.PLAIN)).contains("No call showed a difference.");
    }
}
