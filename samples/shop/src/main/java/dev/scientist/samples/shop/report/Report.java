package dev.scientist.samples.shop.report;

import dev.scientist.decision.Decision;
import java.util.List;
import java.util.stream.Collectors;

/** The report of what the parallel run found, for a terminal. */
public final class Report {

    private final Conclusion conclusion;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private Report(List<Observation> observations, int width) {
        this.width = width;
        this.conclusion = Conclusion.of(observations);
        line("WHAT THE PARALLEL RUN FOUND");
        observations.forEach(this::experiment);
        line("");
        line("DECISIONS");
        line("");
        wrapped("", Decisions.ABOUT);
        line("");
        observations.forEach(this::decision);
        line("");
        line("CHECKED AGAINST THE DEFECTS THAT WERE PUT INTO THE REWRITE");
        line("");
        defects();
        line("");
        line(lastLine());
    }

    /**
     * Makes a report of everything that was counted so far.
     *
     * @param width the maximum length of a line of prose
     */
    public static Report of(Observations observations, int width) {
        return of(observations.all(), width);
    }

    static Report of(List<Observation> observations, int width) {
        return new Report(observations, width);
    }

    /** Whether every seeded defect was found, and nothing else. */
    public boolean isAsSeeded() {
        return conclusion.isAsSeeded();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void experiment(Observation observation) {
        line("");
        line("%s   %s calls, candidate started in %s"
                .formatted(
                        observation.experiment(),
                        Figures.count(observation.calls()),
                        Figures.count(observation.started())));
        line(observation.verdicts().entrySet().stream()
                .map(verdict -> verdict.getKey() + " " + Figures.count(verdict.getValue()))
                .collect(Collectors.joining(", ", "    ", "")));
        line("    primary   " + latency(observation.primary()));
        line("    candidate " + latency(observation.candidate()));
        for (Finding finding : observation.findings()) {
            line("  ! %7s  %s".formatted(finding.rate(), finding.sign()));
        }
        observation
                .accepted()
                .forEach((rule, count) -> line("  ~ %7s  accepted: %s".formatted(Figures.count(count), rule)));
        if (observation.notLoaded() > 0) {
            line("  ~ %7s  places not compared, because a side had not loaded them"
                    .formatted(Figures.count(observation.notLoaded())));
        }
    }

    private void decision(Observation observation) {
        Decision decision = observation.decision();
        wrapped("  %-9s".formatted(decision.kind()), Decisions.sentence(decision));
    }

    private void defects() {
        conclusion.found().forEach((defect, findings) -> {
            Finding clearest = findings.get(0);
            line("  found   %-14s %7s of %s".formatted(defect.title(), clearest.rate(), clearest.experiment()));
            line("                         " + defect.description());
        });
        for (SeededDefect missed : conclusion.missed()) {
            line("  MISSED  %-14s %s".formatted(missed.title(), missed.description()));
        }
        for (Finding finding : conclusion.unexplained()) {
            line("  UNEXPLAINED    %7s of %s: %s".formatted(finding.rate(), finding.experiment(), finding.sign()));
        }
    }

    private String lastLine() {
        int unexplained = conclusion.unexplained().size();
        return "Found %d of %d seeded defects, and %s."
                .formatted(
                        conclusion.found().size(),
                        SeededDefect.values().length,
                        unexplained == 0 ? "nothing else" : unexplained + " that nobody put there");
    }

    private static String latency(Latency latency) {
        return "p50 %8s   p99 %8s".formatted(Figures.millis(latency.p50()), Figures.millis(latency.p99()));
    }

    /** Adds prose after a label, broken into lines; all lines begin where the first one begins after the label. */
    private void wrapped(String label, String prose) {
        StringBuilder row = new StringBuilder(label);
        String margin = " ".repeat(label.length());
        for (String word : prose.split(" (?!%)", -1)) {
            if (row.length() + 1 + word.length() > width && row.length() > label.length()) {
                line(row.toString());
                row.setLength(0);
                row.append(margin);
            }
            row.append(row.length() > label.length() ? " " : "").append(word);
        }
        line(row.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
