package dev.scientist.samples.markdown;

import dev.scientist.Verdict;
import dev.scientist.samples.markdown.Terminal.Ink;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.AbstractHistogram;

/** The report as text for a terminal. */
final class TerminalReport {

    private static final String MARGIN = "  ";
    private static final int MOST_GROUPS = 12;
    private static final int LABEL = 18;

    private final Report report;
    private final Terminal terminal;
    private final StringBuilder text = new StringBuilder();

    private TerminalReport(Report report, Terminal terminal) {
        this.report = report;
        this.terminal = terminal;
    }

    static String of(Report report, Terminal terminal) {
        TerminalReport page = new TerminalReport(report, terminal);
        page.title();
        page.verdicts();
        page.specifications();
        page.rate();
        page.latency();
        page.differences();
        page.summary();
        return page.text.toString();
    }

    private void title() {
        line(paint(
                Ink.HEADING,
                "From " + Library.PRIMARY.titleAndVersion() + " to " + Library.CANDIDATE.titleAndVersion() + "?"));
        wrapped(Sentences.lead(report));
    }

    private void verdicts() {
        heading("VERDICTS");
        Verdicts verdicts = report.verdicts();
        for (Verdict verdict : Verdict.values()) {
            long count = verdicts.count(verdict);
            double share = (double) count / report.calls();
            String row = pad(verdict.tag(), LABEL) + padLeft(Figures.count(count), 8);
            if (count == 0) {
                line(paint(Ink.QUIET, row));
            } else {
                Ink ink = verdict == Verdict.MATCHED ? Ink.GOOD : Ink.BAD;
                String bar = Bars.horizontal(share, terminal.width() - LABEL - 22);
                line(row + padLeft(Figures.percent(share), 9) + "  " + paint(ink, bar));
            }
        }
        line(pad("sum", LABEL) + padLeft(Figures.count(verdicts.sum()), 8) + "  = "
                + Figures.count(report.calls(), "call"));
    }

    private void specifications() {
        heading("SPECIFICATIONS");
        line(paint(Ink.QUIET, pad("", LABEL) + "examples  mismatched  candidate_failed"));
        for (Specification specification : Specification.values()) {
            Part part = report.part(specification.key());
            line(pad(specification.title(), LABEL)
                    + padLeft(Figures.count(part.calls()), 8)
                    + padLeft(Figures.count(part.verdicts().count(Verdict.MISMATCHED)), 12)
                    + padLeft(Figures.count(part.verdicts().count(Verdict.CANDIDATE_FAILED)), 18));
        }
    }

    private void rate() {
        heading("MISMATCH RATE");
        for (Specification specification : Specification.values()) {
            Verdicts verdicts = report.part(specification.key()).verdicts();
            line(pad(specification.title(), LABEL) + paint(Ink.HEADING, padLeft(Figures.percent(verdicts.badRate()), 8))
                    + " of " + Figures.count(verdicts.compared(), "example") + "; exact, there are no others");
        }
        Part documents = report.part(Report.DOCUMENTS);
        line(pad(documents.title(), LABEL)
                + paint(
                        Ink.HEADING,
                        padLeft(Figures.percent(documents.verdicts().badRate()), 8)) + " of "
                + Sentences.boundedRate(report));
        wrapped(Sentences.WHAT_BOUNDS_MEAN);
    }

    private void latency() {
        heading("LATENCY");
        int width = terminal.width() - 2 * MARGIN.length();
        LatencyBins bins = LatencyBins.of(report.latencies(), width);
        line(paint(Ink.QUIET, pad("", 28) + "     p50     p90     p99     max"));
        side("primary", Library.PRIMARY, Ink.PRIMARY, report.latencies().primary(), bins.primary(), bins);
        side("candidate", Library.CANDIDATE, Ink.CANDIDATE, report.latencies().candidate(), bins.candidate(), bins);
        line(paint(Ink.QUIET, axis(bins, width)));
        wrapped(Sentences.ABOUT_LATENCY);
    }

    private void side(
            String side, Library library, Ink ink, AbstractHistogram histogram, List<Double> shares, LatencyBins bins) {
        String percentiles = Percentiles.of(histogram).values().stream()
                .map(nanos -> padLeft(Figures.time(nanos), 8))
                .collect(Collectors.joining());
        line(pad(side, 10) + pad(library.title(), LABEL) + percentiles);
        line(paint(ink, Bars.vertical(shares, bins.highest())));
    }

    private static String axis(LatencyBins bins, int width) {
        StringBuilder axis = new StringBuilder("─".repeat(width));
        for (double decade : bins.decades()) {
            int at = (int) (bins.position(decade) * width);
            String label = "┬ " + Figures.time(Math.round(decade)).replace(".0", "") + " ";
            axis.replace(at, at + label.length(), label);
        }
        return axis.substring(0, width);
    }

    private void differences() {
        List<DifferenceGroup> groups = report.groups();
        long calls = groups.stream().mapToLong(DifferenceGroup::count).sum();
        heading("DIFFERENCES");
        wrapped(Figures.count(calls, "call") + " in " + Figures.count(groups.size(), "group") + ". "
                + Sentences.ABOUT_GROUPS);
        text.append('\n');
        int number = 0;
        for (DifferenceGroup group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
            number++;
            difference(number, group, (double) group.count() / calls);
        }
        if (groups.size() > MOST_GROUPS) {
            long rest = groups.stream()
                    .skip(MOST_GROUPS)
                    .mapToLong(DifferenceGroup::count)
                    .sum();
            line("and " + Figures.count(groups.size() - MOST_GROUPS) + " more groups with "
                    + Figures.count(rest, "call") + "; --html FILE shows each of them");
        }
    }

    private void summary() {
        text.append('\n');
        line(paint(Ink.HEADING, Sentences.summary(report)));
        wrapped(Sentences.decision(report));
        line(paint(Ink.QUIET, "To see it again: " + Sentences.command(report)));
    }

    private void difference(int number, DifferenceGroup group, double share) {
        String title = padLeft(Integer.toString(number), 2) + "  " + group.title();
        String numbers = Figures.count(group.count(), "call") + padLeft(Figures.percent(share), 8);
        int gap = Math.max(2, terminal.width() - 2 * MARGIN.length() - title.length() - numbers.length());
        line(paint(Ink.HEADING, title) + " ".repeat(gap) + numbers);
        DifferenceGroup.Example example = group.example();
        String where = "    " + group.kind().tag() + " " + group.path() + ", " + example.origin();
        line(paint(Ink.QUIET, where.substring(0, Math.min(where.length(), terminal.width() - MARGIN.length()))));
        int width = terminal.width() - 18;
        Highlight.Pair pair = Highlight.of(example.primary(), example.candidate());
        block("markdown", Ink.QUIET, Excerpt.of(example.markdown(), terminal, width));
        block("primary", Ink.PRIMARY, Excerpt.of(pair.primary(), terminal, width));
        block("candidate", Ink.CANDIDATE, Excerpt.of(pair.candidate(), terminal, width));
        text.append('\n');
    }

    private void block(String label, Ink ink, List<String> lines) {
        String first = "    " + paint(ink, pad(label, 10));
        for (String line : lines) {
            line(first + line);
            first = " ".repeat(14);
        }
    }

    private void heading(String title) {
        text.append('\n');
        line(paint(Ink.HEADING, title));
    }

    private void wrapped(String sentence) {
        StringBuilder row = new StringBuilder();
        for (String word : sentence.split(" (?!%)", -1)) {
            if (row.length() + 1 + word.length() > terminal.width() - 2 * MARGIN.length()) {
                line(paint(Ink.QUIET, row.toString()));
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        line(paint(Ink.QUIET, row.toString()));
    }

    private void line(String content) {
        text.append((MARGIN + content).stripTrailing()).append('\n');
    }

    private String paint(Ink ink, String content) {
        return terminal.paint(ink, content);
    }

    private static String pad(String content, int width) {
        return content + " ".repeat(Math.max(0, width - content.length()));
    }

    private static String padLeft(String content, int width) {
        return " ".repeat(Math.max(0, width - content.length())) + content;
    }
}
