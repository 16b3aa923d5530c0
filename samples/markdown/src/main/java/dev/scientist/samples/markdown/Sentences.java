package dev.scientist.samples.markdown;

import dev.scientist.decision.Decision.Reason;
import java.util.List;
import java.util.Locale;

/** The sentences of the reports for people. */
final class Sentences {

    static final String WHAT_BOUNDS_MEAN =
            "The generated documents are a sample, so their rate has bounds: in at least 99 of 100 such "
                    + "runs the rate among all documents that could be generated stays inside, from the first call to the last, however "
                    + "often one looks.";

    static final String EXACT =
            "The rates of the specifications are exact: every example was run. A call counts as bad when it mismatched, "
                    + "when only the candidate failed, or when the candidate was late.";

    static final String ABOUT_LATENCY =
            "Share of all calls by duration, on a logarithmic scale, from the very first call of a cold Java "
                    + "machine on; both sides share its processors.";

    static final String ABOUT_GROUPS =
            "Calls are grouped by what differs first. Each group shows one call, with the differing parts marked.";

    private Sentences() {}

    static String lead(Report report) {
        return Figures.count(report.calls(), "call") + " in "
                + Figures.time(report.elapsed().toNanos())
                + ": each caller got what the primary gave, and the candidate’s answer was compared with it.";
    }

    /** The number of documents with the bounds of their rate, such as "5,000 calls (99 %: 8.1 % to 15.8 %)". */
    static String boundedRate(Report report) {
        MismatchBounds bounds = report.documentBounds();
        return Figures.count(report.part(Report.DOCUMENTS).verdicts().compared(), "call") + " (99 %: "
                + Figures.percent(bounds.lower()) + " to " + Figures.percent(bounds.upper()) + ")";
    }

    /** The ratio of the medians, such as "4.2 ×". */
    static String times(Report report) {
        double primary = (double) Math.max(1, report.latencies().primary().getValueAtPercentile(50));
        return String.format(
                Locale.ROOT, "%.1f ×", report.latencies().candidate().getValueAtPercentile(50) / primary);
    }

    static String medians(Report report) {
        return "the candidate’s is "
                + Figures.time(report.latencies().candidate().getValueAtPercentile(50)) + ", the primary’s "
                + Figures.time(report.latencies().primary().getValueAtPercentile(50));
    }

    static String summary(Report report) {
        Verdicts verdicts = report.verdicts();
        return verdicts.bad() == 0
                ? "No call showed a difference."
                : "The candidate would have let down " + Figures.percent(verdicts.badRate()) + " of these calls.";
    }

    /** The decision, such as "May it serve one call in a hundred? HOLD: markdown.documents differs in ...". */
    static String decision(Report report) {
        List<Reason> reasons = report.decision().reasons();
        // An alarm would be the first reason. It is about the latest calls, but here all calls were made at once.
        Reason told = reasons.stream()
                .filter(reason -> reason.rate() != null)
                .findFirst()
                .orElse(reasons.get(0));
        return "May it serve one call in a hundred? " + report.decision().kind() + ": " + told.sentence() + ".";
    }

    static String command(Report report) {
        return "./demo markdown --documents " + report.arguments().documents() + " --threads "
                + report.arguments().threads() + " --seed " + report.arguments().seed();
    }

    static String made(Report report) {
        return "Java " + Runtime.version().feature() + ", "
                + Figures.count(Runtime.getRuntime().availableProcessors(), "processor") + ", "
                + Figures.count(report.arguments().threads(), "calling thread") + ".";
    }
}
