package dev.scientist.spring.actuate;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.SnapshotFormat;
import dev.scientist.spring.Spelling;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the endpoint's reports of the options with which an experiment was declared, from defaults, code and properties
 * together, under the names that the properties have. They never contain a value that a side returned.
 */
final class OptionReports {

    private static final int LONGEST = 500; // characters of a comparator's own text; chosen: enough for its first rules

    private static final String OWN = "dev.scientist.";

    private OptionReports() {}

    static Map<String, Object> options(Experiment<?> experiment) {
        ExperimentOptions<?> options = experiment.options();
        SnapshotFormat format = options.snapshotFormat();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("start", Spelling.of(options.start()));
        report.put("comparator", named(format == null ? options.comparator() : format));
        report.put(
                "snapshot", format != null ? named(format) : options.hasSnapshot() ? "a copy, made in code" : "none");
        report.put(
                "copiedArguments",
                options.copiedArguments().stream()
                        .map(type -> type == Object[].class ? "all" : type.getTypeName())
                        .sorted()
                        .toList());
        report.put("sampling", Spelling.of(options.sampling()));
        report.put("sampleByKey", options.isSampledByKey());
        report.put("replicateRate", experiment.replicateRate());
        report.put("effects", Spelling.of(options.effects()));
        report.put("interruptLate", options.isLateInterrupted());
        report.put("ownedFutures", options.areFuturesOwned());
        return report;
    }

    /**
     * A name for a hook: the text of an object of this library; of any other its class, or the
     * class that contains its lambda.
     */
    static String named(Object hook) {
        Class<?> type = hook.getClass();
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        if (lambda > 0) {
            return "a lambda in " + name.substring(0, lambda);
        }
        try {
            // The toString of an application's class is not asked, because its text could hold anything.
            if (!name.startsWith(OWN) || type.getMethod("toString").getDeclaringClass() == Object.class) {
                return name;
            }
            String text = String.valueOf(hook);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
            // a toString may call the application's code, which may throw
        } catch (ReflectiveOperationException | RuntimeException unnamed) {
            return name;
        }
    }
}
