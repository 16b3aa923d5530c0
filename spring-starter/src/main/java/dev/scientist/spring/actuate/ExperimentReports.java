package dev.scientist.spring.actuate;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Experiment;
import dev.scientist.ExperimentSettings;
import dev.scientist.MismatchReservoir;
import dev.scientist.Outcome;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.spring.ExperimentDetails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the endpoint's reports of experiments: maps of texts, numbers and booleans, which every mapper writes alike.
 * They contain a value that a side returned only if {@link ExperimentDetails#showsValues() values are shown}.
 */
final class ExperimentReports {

    private ExperimentReports() {}

    /** One entry of the list of experiments. */
    static Map<String, Object> summary(Experiment<?> experiment) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", experiment.name());
        report.put("enabled", experiment.settings().isEnabled());
        report.put("sampleRate", experiment.settings().sampleRate());
        if (experiment.settings().share() != experiment.settings().sampleRate()) {
            report.put("share", experiment.settings().share());
        }
        report.put("inFlight", experiment.tally().inFlight());
        report.put("candidates", candidates(experiment.tally(), false));
        return report;
    }

    /** Everything about an experiment, except the groups of differences. */
    static Map<String, Object> full(Experiment<?> experiment, boolean allEnabled) {
        Tally tally = experiment.tally();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", experiment.name());
        report.put("settings", settings(experiment.settings(), allEnabled));
        report.put("options", OptionReports.options(experiment));
        Map<String, Object> sampling = SamplingReports.sampling(experiment);
        if (!sampling.isEmpty()) {
            report.put("sampling", sampling);
        }
        report.put("inFlight", tally.inFlight());
        report.put("candidates", candidates(tally, true));
        report.put("differences", differences(tally));
        report.put("ignored", ignored(tally));
        if (tally.notLoadedTrials() > 0) { // only experiments with a snapshot have any
            Map<String, Long> notLoaded = new LinkedHashMap<>();
            notLoaded.put("places", tally.notLoadedPlaces());
            notLoaded.put("trials", tally.notLoadedTrials());
            report.put("notLoaded", notLoaded);
        }
        report.put("hookFailures", hookFailures(tally));
        return report;
    }

    /**
     * The settings in force, each in the form in which it can be sent back; a limit that is not set is left out. The
     * first entry is the switch over all experiments, without which {@code enabled} would be read as running.
     */
    static Map<String, Object> settings(ExperimentSettings settings, boolean allEnabled) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("allEnabled", allEnabled);
        for (Setting setting : Setting.values()) {
            Object value = setting.in(settings);
            if (value != null) {
                report.put(setting.key(), value);
            }
        }
        return report;
    }

    /**
     * The groups of disagreements, most frequent first.
     *
     * @param details adds the two values of some examples, if it shows values
     */
    static Map<String, Object> differences(
            String experiment, List<MismatchReservoir.Group> groups, ExperimentDetails details) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", experiment);
        report.put("groups", groups.stream().map(group -> group(group, details)).toList());
        return report;
    }

    private static Map<String, Object> group(MismatchReservoir.Group group, ExperimentDetails details) {
        Map<String, Object> report = group(group);
        if (details.showsValues()) {
            report.put("values", details.values(group.candidate(), group.signature(), group.examples()));
        }
        return report;
    }

    private static Map<String, Object> group(MismatchReservoir.Group group) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("candidate", group.candidate());
        report.put("signature", group.signature());
        Difference difference = group.difference();
        if (difference != null) { // null in the group that pools what came after the last group
            report.put("path", difference.pathPattern());
            report.put("kind", difference.kind().tag());
            report.put("severity", difference.severity().tag());
            report.put("primaryType", difference.primaryType());
            report.put("candidateType", difference.candidateType());
            if (difference.hint() != null) {
                report.put("hint", difference.hint());
            }
            if (difference.kind() == Difference.Kind.ERROR) {
                putErrors(report, group);
            }
        }
        report.put("count", group.count());
        report.put("firstSeen", group.firstSeen().toString());
        report.put("lastSeen", group.lastSeen().toString());
        return report;
    }

    /** Adds what was thrown in the first of the group's examples. */
    private static void putErrors(Map<String, Object> report, MismatchReservoir.Group group) {
        for (Trial<?> trial : group.examples().stream().limit(1).toList()) {
            putError(report, "primaryThrew", trial.primary());
            trial.candidates().stream()
                    .filter(candidate -> candidate.name().equals(group.candidate()))
                    .forEach(candidate -> putError(report, "candidateThrew", candidate.outcome()));
        }
    }

    private static void putError(Map<String, Object> report, String key, Outcome<?> outcome) {
        Throwable error = outcome.errorOrNull();
        if (error != null) {
            report.put(key, ErrorReports.of(error));
        }
    }

    private static List<Map<String, Object>> candidates(Tally tally, boolean withReasons) {
        return tally.candidates().stream()
                .map(candidate -> candidate(tally, candidate, withReasons))
                .toList();
    }

    private static Map<String, Object> candidate(Tally tally, String candidate, boolean withReasons) {
        Map<String, Long> verdicts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict.tag(), tally.count(candidate, verdict));
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", candidate);
        // The sum is made of the verdicts that were read, so that the report adds up even while calls are counted.
        report.put(
                "calls", verdicts.values().stream().mapToLong(Long::longValue).sum());
        report.put("verdicts", verdicts);
        if (withReasons) {
            report.put("reasons", reasons(tally, candidate));
        }
        return report;
    }

    private static Map<String, Long> reasons(Tally tally, String candidate) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        for (Verdict.Reason reason : Verdict.Reason.values()) {
            long count = Stream.of(Verdict.UNCOMPARED, Verdict.SKIPPED)
                    .filter(reason::explains)
                    .mapToLong(verdict -> tally.count(candidate, verdict, reason))
                    .sum();
            putUnlessZero(reasons, reason.tag(), count);
        }
        return reasons;
    }

    private static List<Map<String, Object>> differences(Tally tally) {
        List<Map<String, Object>> differences = new ArrayList<>();
        for (Difference.Kind kind : Difference.Kind.values()) {
            for (Severity severity : Severity.values()) {
                long count = tally.differences(kind, severity);
                if (count > 0) {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("kind", kind.tag());
                    line.put("severity", severity.tag());
                    line.put("count", count);
                    differences.add(line);
                }
            }
        }
        return differences;
    }

    private static Map<String, Long> ignored(Tally tally) {
        Map<String, Long> ignored = new LinkedHashMap<>();
        tally.ignoreRules().forEach(rule -> ignored.put(rule, tally.ignored(rule)));
        return ignored;
    }

    private static Map<String, Long> hookFailures(Tally tally) {
        Map<String, Long> failures = new LinkedHashMap<>();
        Arrays.stream(Tally.Hook.values())
                .forEach(hook -> putUnlessZero(failures, hook.tag(), tally.hookFailures(hook)));
        return failures;
    }

    private static void putUnlessZero(Map<String, Long> counts, String name, long count) {
        if (count != 0) {
            counts.put(name, count);
        }
    }
}
