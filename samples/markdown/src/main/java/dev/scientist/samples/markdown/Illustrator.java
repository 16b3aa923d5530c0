package dev.scientist.samples.markdown;

import dev.scientist.Difference;
import dev.scientist.Outcome;
import dev.scientist.Trial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the example of a group from one of its trials. A long document is first shortened to the lines that matter. */
final class Illustrator {

    // Chosen: most examples of the specifications are shorter, and stay as they are.
    private static final int MOST_LINES = 8;

    private final HtmlComparator comparator = new HtmlComparator();
    private final MarkdownToHtml primary;
    private final MarkdownToHtml candidate;

    Illustrator(MarkdownToHtml primary, MarkdownToHtml candidate) {
        this.primary = primary;
        this.candidate = candidate;
    }

    /** How long the input of a trial is. */
    static int length(Trial<?> trial) {
        return markdown(trial).length();
    }

    DifferenceGroup.Example example(Trial<?> trial) {
        String origin = String.valueOf(trial.attributes().get(SideBySide.ORIGIN));
        String markdown = markdown(trial);
        String cause = cause(markdown);
        if (cause == null || markdown.lines().count() <= MOST_LINES) {
            return new DifferenceGroup.Example(
                    origin,
                    markdown,
                    told(trial.primary()),
                    told(trial.candidates().get(0).outcome()));
        }
        String shorter = Shortener.shorten(markdown, text -> cause.equals(cause(text)));
        return new DifferenceGroup.Example(
                origin + ", shortened", shorter, primary.render(shorter), candidate.render(shorter));
    }

    private static String markdown(Trial<?> trial) {
        return String.valueOf(trial.attributes().get(SideBySide.MARKDOWN));
    }

    /** What two renderings of a text differ in; null where they do not, or a rule accepts it, or one side
     * throws. */
    private @Nullable String cause(String markdown) {
        try {
            String expected = primary.render(markdown);
            String actual = candidate.render(markdown);
            List<Difference> differences = comparator.compare(expected, actual);
            boolean isAgreement = differences.isEmpty() || BlanksInCode.accepts(expected, actual);
            return isAgreement ? null : differences.get(0).signature();
        } catch (RuntimeException oneSideThrew) {
            return null;
        }
    }

    private static String told(@Nullable Outcome<?> outcome) {
        if (outcome == null) {
            return "";
        }
        Throwable error = outcome.errorOrNull();
        return error == null ? String.valueOf(outcome.valueOrNull()) : error.toString();
    }
}
