package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.SnapshotFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the endpoint shows of the options that an experiment was declared with, defaults, code and properties together, under
 * the names that the properties have. Never a value that a side returned.
 */
final class OptionReports {

    private static final int LONGEST = 500; // characters of a comparator's own text; chosen: its first rules

    private static final String OWN = "dev.scientist.";

    private OptionReports() {}

    static Map<String, Object> options(Experiment<?> experiment) {
        ExperimentOptions<?> options = experiment.options();
        SnapshotFormat format = options.snapshotFormat();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("start", PropertyKeys.written(options.start()));
        report.put("comparator", named(format == null ? options.comparator() : format));
        report.put(
                "snapshot", format != null ? named(format) : options.hasSnapshot() ? "a copy, made in code" : "none");
        report.put(
                "copiedArguments",
                options.copiedArguments().stream()
                        .map(type -> type == Object[].class ? "all" : type.getTypeName())
                        .sorted()
                        .toList());
        report.put("sampling", PropertyKeys.written(options.sampling()));
        report.put("sampleByKey", options.isSampledByKey());
        report.put("replicateRate", experiment.replicateRate());
        report.put("effects", PropertyKeys.written(options.effects()));
        report.put("interruptLate", options.isLateInterrupted());
        report.put("ownedFutures", options.areFuturesOwned());
        return report;
    }

    /** What an object of this library calls itself; of others their class, or the one that a lambda is in. */
    static String named(Object hook) {
        Class<?> type = hook.getClass();
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        if (lambda > 0) {
            return "a lambda in " + name.substring(0, lambda);
        }
        try {
            // The text of the application's own could hold anything.
            if (!name.startsWith(OWN) || type.getMethod("toString").getDeclaringClass() == Object.class) {
                return name;
            }
            String text = String.valueOf(hook);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        } catch (ReflectiveOperationException | RuntimeException unnamed) { // a toString of the application may throw
            return name;
        }
    }
}
