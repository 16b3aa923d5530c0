package dev.scientist.samples.markdown;

import dev.scientist.Difference;
import dev.scientist.Outcome;
import dev.scientist.Trial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the example of a group from one of its trials. A long document is first shortened to the relevant lines. */
final class Illustrator {

    // Chosen: most examples of the specifications are shorter, and are not changed.
    private static final int MOST_LINES = 8;

    private final HtmlComparator comparator = new HtmlComparator();
    private final MarkdownToHtml primary;
    private final MarkdownToHtml candidate;

    Illustrator(MarkdownToHtml primary, MarkdownToHtml candidate) {
        this.primary = primary;
        this.candidate = candidate;
    }

    /** The length of the input of a trial, in characters. */
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

    /**
     * The signature of the first difference between the renderings of a text by both sides; null if they are equal, if
     * a rule accepts the difference, or if one side throws.
     */
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
