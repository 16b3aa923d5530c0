package dev.scientist.samples.markdown;

import dev.scientist.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.HdrHistogram.AbstractHistogram;

/** The report as one self-contained HTML page: the style and the plots are in it. */
final class HtmlReport {

    private final Report report;
    private final Markup page = new Markup();

    private HtmlReport(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        HtmlReport html = new HtmlReport(report);
        html.write();
        return html.page.page();
    }

    private void write() {
        String title = "From " + Library.PRIMARY.titleAndVersion() + " to " + Library.CANDIDATE.titleAndVersion() + "?";
        page.open("html", "lang", "en").line().open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.leaf("title", title).leaf("style", style()).close().line();
        page.open("body").open("main").line();
        header();
        verdicts();
        rates();
        latency();
        differences();
        footer();
        page.close().close().close();
    }

    private void header() {
        page.open("header");
        page.leaf("p", "Scientist, side by side", "class", "eyebrow");
        page.open("h1")
                .text("From ")
                .leaf("span", Library.PRIMARY.titleAndVersion())
                .text(" to ");
        page.leaf("span", Library.CANDIDATE.titleAndVersion() + "?").close();
        page.leaf("p", Sentences.lead(report), "class", "lead");
        page.close().line();
        Verdicts verdicts = report.verdicts();
        page.open("div", "class", "tiles");
        tile(
                Figures.percent((double) verdicts.count(Verdict.MATCHED) / report.calls()),
                "matched",
                "of " + Figures.count(report.calls(), "call") + ": the same HTML, character by character",
                "good");
        tile(
                Figures.percent(report.part(Report.DOCUMENTS).verdicts().badRate()),
                "of generated documents mismatched",
                "of " + Sentences.boundedRate(report),
                "bad");
        tile(
                Figures.count(report.groups().size()),
                "kinds of difference",
                Figures.count(verdicts.bad(), "call") + " fall into these groups",
                "");
        tile(Sentences.times(report), "the primary’s median duration", Sentences.medians(report), "");
        page.close().line();
    }

    private void tile(String figure, String what, String more, String style) {
        page.open("div", "class", "tile " + style);
        page.leaf("strong", figure).leaf("span", what).leaf("small", more);
        page.close();
    }

    private void verdicts() {
        section("Verdicts", "Every call ends in exactly one of eight.");
        VerdictBar.draw(page, report.verdicts());
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        column("Verdict");
        report.parts().forEach(part -> column(part.title()));
        column("All");
        page.close().close().open("tbody");
        for (Verdict verdict : Verdict.values()) {
            page.open("tr", "class", report.verdicts().count(verdict) == 0 ? "none" : "");
            page.open("th", "scope", "row");
            page.open("i", "class", "chip " + verdict.tag())
                    .close()
                    .text(verdict.tag())
                    .close();
            cells(part -> part.verdicts().count(verdict), report.verdicts().count(verdict));
            page.close();
        }
        page.close().open("tfoot").open("tr").leaf("th", "calls", "scope", "row");
        cells(Part::calls, report.calls());
        page.close().close().close().close().close().line();
    }

    private void cells(ToLongFunction<Part> count, long all) {
        report.parts().forEach(part -> page.leaf("td", Figures.count(count.applyAsLong(part))));
        page.leaf("td", Figures.count(all));
    }

    private void rates() {
        page.open("div", "class", "columns").line();
        section("Mismatch rate", Sentences.WHAT_BOUNDS_MEAN);
        RateChart.draw(page, report);
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column : List.of("Calls of", "Calls", "mismatched", "candidate_failed", "Rate")) {
            column(column);
        }
        page.close().close().open("tbody");
        for (Part part : report.parts()) {
            page.open("tr").leaf("th", part.title(), "scope", "row").leaf("td", Figures.count(part.calls()));
            page.leaf("td", Figures.count(part.verdicts().count(Verdict.MISMATCHED)));
            page.leaf("td", Figures.count(part.verdicts().count(Verdict.CANDIDATE_FAILED)));
            page.leaf("td", Figures.percent(part.verdicts().badRate())).close();
        }
        page.close().close().close();
        page.leaf("p", Sentences.EXACT, "class", "note");
        page.leaf("p", Sentences.decision(report), "class", "note").close().line();
    }

    private void latency() {
        section("Latency", Sentences.ABOUT_LATENCY);
        LatencyChart.draw(page, report);
        page.open("div", "class", "scroll").open("table").open("thead").open("tr");
        column("Side");
        Percentiles.of(report.latencies().primary()).keySet().forEach(this::column);
        page.close().close().open("tbody");
        side("primary", Library.PRIMARY, report.latencies().primary());
        side("candidate", Library.CANDIDATE, report.latencies().candidate());
        page.close().close().close().close().close().line();
    }

    private void side(String side, Library library, AbstractHistogram histogram) {
        page.open("tr")
                .open("th", "scope", "row")
                .open("i", "class", "chip " + side)
                .close();
        page.text(side).leaf("span", ", " + library.title(), "class", "wide").close();
        Percentiles.of(histogram).values().forEach(nanos -> page.leaf("td", Figures.time(nanos)));
        page.close();
    }

    private void differences() {
        section("Differences", Sentences.ABOUT_GROUPS);
        long most =
                report.groups().stream().mapToLong(DifferenceGroup::count).max().orElse(1);
        boolean first = true;
        for (DifferenceGroup group : report.groups()) {
            new GroupHtml(page, report).write(group, (double) group.count() / most, first);
            first = false;
        }
        page.close().line();
    }

    private void footer() {
        page.open("footer").open("p").text("To see it again: ");
        page.leaf("code", Sentences.command(report)).close();
        page.leaf("p", Sentences.made(report)).close().line();
    }

    // The title may break between its words, for narrow screens.
    private void column(String title) {
        page.open("th", "scope", "col");
        for (String word : title.split("(?<=_)|(?<=[a-z])(?=[A-Z])", -1)) {
            page.text(word).empty("wbr");
        }
        page.close();
    }

    private void section(String title, String about) {
        page.open("section").leaf("h2", title).leaf("p", about, "class", "about");
    }

    private static String style() {
        try (InputStream in =
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
