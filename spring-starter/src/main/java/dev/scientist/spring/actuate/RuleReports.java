package dev.scientist.spring.actuate;

import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleProposals;
import dev.scientist.comparators.RuleSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the endpoint's reports of rules: maps of texts, numbers and booleans. They never
 * contain a value that a side returned.
 */
final class RuleReports {

    private RuleReports() {}

    /** The rules in order, each with the number of differences that it has hidden so far. */
    static List<Map<String, Object>> rules(RuleSet set, Instant now) {
        return set.rules().stream().map(rule -> rule(rule, set, now)).toList();
    }

    private static Map<String, Object> rule(Rule rule, RuleSet set, Instant now) {
        Instant expires = rule.expires();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", rule.name());
        report.put("rule", rule.toString());
        putIfSaid(report, "owner", rule.owner());
        putIfSaid(report, "reason", rule.reason());
        putIfSaid(report, "expires", expires == null ? null : expires.toString());
        report.put("expired", expires != null && !now.isBefore(expires));
        putIfSaid(
                report,
                "severity",
                rule.severity() == null ? null : rule.severity().tag());
        report.put("hidden", set.hidden(rule));
        return report;
    }

    /** The proposed rules; the one that would hide the most comes first. */
    static Map<String, Object> proposals(String experiment, List<RuleProposals.Proposal> proposals) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", experiment);
        report.put("proposals", proposals.stream().map(RuleReports::proposal).toList());
        return report;
    }

    private static Map<String, Object> proposal(RuleProposals.Proposal proposal) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("rule", proposal.rule().toString());
        report.put("share", proposal.share());
        report.put("touched", proposal.touched());
        report.put("evidence", proposal.evidence());
        return report;
    }

    private static void putIfSaid(Map<String, Object> report, String key, @Nullable String value) {
        if (value != null) {
            report.put(key, value);
        }
    }
}
