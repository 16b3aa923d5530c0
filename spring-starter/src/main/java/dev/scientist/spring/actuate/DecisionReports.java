package dev.scientist.spring.actuate;

import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.decision.ExperimentDecisions.Decided;
import dev.scientist.decision.Pairs;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum;
import dev.scientist.spring.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the endpoint's reports of decisions: maps of texts and numbers. They never contain a
 * value that a side returned.
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
        report.put(
                "reasons",
                decided.decision().reasons().stream()
                        .map(DecisionReports::reason)
                        .toList());
        report.put(
                "epochs",
                decided.evidence().epochs().stream().map(DecisionReports::epoch).toList());
        report.put("from", decided.evidence().from().toString());
        report.put("until", decided.evidence().until().toString());
        report.put("compared", decided.evidence().compared());
        report.put("shed", decided.evidence().shed());
        report.put(
                "strata",
                decided.evidence().strata().stream()
                        .map(DecisionReports::stratum)
                        .toList());
        return report;
    }

    private static Map<String, Object> reason(Reason reason) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("code", reason.code().name().toLowerCase(Locale.ENGLISH));
        putIfKnown(report, "stratum", reason.stratum());
        report.put("sentence", reason.sentence());
        putIfKnown(report, "rate", reason.rate() == null ? null : rate(reason.rate()));
        return report;
    }

    private static Map<String, Object> rate(Rate rate) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("subject", rate.subject().name().toLowerCase(Locale.ENGLISH));
        report.put("n", rate.n());
        report.put("k", rate.k());
        report.put("value", rate.value());
        putIfKnown(report, "lower", rate.lower());
        putIfKnown(report, "upper", rate.upper());
        report.put("threshold", rate.threshold());
        report.put("alpha", rate.alpha());
        report.put("lnE", rate.lnE());
        report.put("missing", rate.missing());
        putIfKnown(report, "missingAtRate", rate.missingAtRate());
        putIfKnown(report, "time", rate.time() == null ? null : rate.time().toString());
        return report;
    }

    private static Map<String, Object> epoch(Epoch epoch) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("primaryVersion", epoch.primaryVersion());
        report.put("candidateVersion", epoch.candidateVersion());
        report.put("rules", epoch.rules());
        return report;
    }

    private static Map<String, Object> stratum(Stratum stratum) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", stratum.name());
        report.put("matched", stratum.matched());
        report.put("ignored", stratum.ignored());
        report.put("critical", stratum.critical());
        report.put("major", stratum.major());
        report.put("minor", stratum.minor());
        report.put("candidateFailed", stratum.candidateFailed());
        report.put("primaryFailed", stratum.primaryFailed());
        report.put("timedOut", stratum.timedOut());
        report.put("uncompared", stratum.uncompared());
        if (stratum.pairs().n() + stratum.pairs().missed() > 0) {
            report.put("pairs", pairs(stratum.pairs()));
        }
        return report;
    }

    private static Map<String, Object> pairs(Pairs pairs) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("n", pairs.n());
        report.put("missed", pairs.missed());
        report.put("grave", split(pairs.grave()));
        report.put("any", split(pairs.any()));
        report.put("places", pairs.places().stream().map(DecisionReports::place).toList());
        return report;
    }

    private static Map<String, Object> place(Place place) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("path", place.path());
        report.put("grave", split(place.grave()));
        report.put("any", split(place.any()));
        return report;
    }

    private static Map<String, Object> split(Split split) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("worse", split.worse());
        report.put("better", split.better());
        report.put("both", split.both());
        return report;
    }

    private static void putIfKnown(Map<String, Object> report, String key, @Nullable Object value) {
        if (value != null) {
            report.put(key, value);
        }
    }
}
