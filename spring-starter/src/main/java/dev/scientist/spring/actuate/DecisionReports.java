package dev.scientist.spring.actuate;

import static java.util.Objects.requireNonNull;

import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.decision.ExperimentDecisions.Decided;
import dev.scientist.spring.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the endpoint's reports of decisions: maps of texts and numbers. Policy and evidence are the trees in which they
 * are stored, so that whoever reads the endpoints of several instances can merge them. They never contain a value that
 * a side returned.
 */
final class DecisionReports {

    private DecisionReports() {}

    /** The decision about each candidate, with its reasons and the counts behind it. */
    static Map<String, Object> decisions(String experiment, List<Decided> decided) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", experiment);
        ExperimentDecisions.weakest(decided).ifPresent(kind -> report.put("decision", kind.tag()));
        report.put(
                "candidates", decided.stream().map(DecisionReports::candidate).toList());
        return report;
    }

    private static Map<String, Object> candidate(Decided decided) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", decided.candidate());
        report.put("decision", decided.decision().kind().tag());
        report.put("step", Spelling.of(decided.policy().step()));
        report.put("compared", decided.evidence().compared());
        report.put("reasons", requireNonNull(decided.decision().toWire().get("reasons")));
        report.put("policy", decided.policy().toWire());
        report.put("evidence", decided.evidence().toWire());
        return report;
    }
}
