package dev.scientist.samples.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes one group of differences on the HTML page: one line, which unfolds to the example with both sides. */
final class GroupHtml {

    private static final Pattern TAG = Pattern.compile("<[^>]+>");

    private final Markup page;
    private final Report report;

    GroupHtml(Markup page, Report report) {
        this.page = page;
        this.report = report;
    }

    void write(DifferenceGroup group, double share, boolean isOpen) {
        if (isOpen) {
            page.open("details", "open", "open");
        } else {
            page.open("details");
        }
        page.open("summary").open("span", "class", "title");
        title(group.title());
        page.close();
        page.open("span", "class", "meter", "aria-hidden", "true");
        page.open("i", "style", "width:" + Chart.number(100 * share) + "%")
                .close()
                .close();
        page.leaf("span", Figures.count(group.count(), "call"), "class", "count")
                .close();
        page.open("p", "class", "about");
        page.leaf("code", (group.kind().tag() + " " + group.path()).strip())
                .text(", seen in " + seenIn(group) + ".")
                .close();
        DifferenceGroup.Example example = group.example();
        Highlight.Pair pair = Highlight.of(example.primary(), example.candidate());
        page.open("div", "class", "panes");
        page.open("figure", "class", "markdown").leaf("figcaption", "Markdown, " + example.origin());
        page.leaf("pre", example.markdown(), "tabindex", "0").close();
        pane("primary", pair.primary());
        pane("candidate", pair.candidate());
        page.close().close().line();
    }

    private void title(String title) {
        Matcher tag = TAG.matcher(title);
        int end = 0;
        while (tag.find()) {
            page.text(title.substring(end, tag.start())).leaf("code", tag.group());
            end = tag.end();
        }
        page.text(title.substring(end));
    }

    private String seenIn(DifferenceGroup group) {
        return report.parts().stream()
                .filter(part -> group.countIn(part) > 0)
                .map(part -> part.title() + " (" + Figures.count(group.countIn(part)) + ")")
                .collect(Collectors.joining(", "));
    }

    private void pane(String side, Highlight html) {
        page.open("figure", "class", side).leaf("figcaption", side).open("pre", "tabindex", "0");
        for (Highlight.Segment segment : html.segments()) {
            if (!segment.differs()) {
                page.text(segment.text());
            } else if (segment.text().isEmpty()) {
                page.open("mark", "class", "nothing", "title", "nothing here").close();
            } else {
                page.leaf("mark", Printable.blanks(segment.text()));
            }
        }
        page.close().close();
    }
}
