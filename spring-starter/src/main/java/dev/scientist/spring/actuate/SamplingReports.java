package dev.scientist.spring.actuate;

import dev.scientist.Experiment;
import dev.scientist.ExperimentSettings;
import dev.scientist.ExperimentSettings.Halving;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the endpoint's report of a share of sampled calls that differs from the sample rate,
 * or once did. It has no state.
 */
final class SamplingReports {

    private SamplingReports() {}

    /** The report; empty if there is nothing to show. */
    static Map<String, Object> sampling(Experiment<?> experiment) {
        ExperimentSettings settings = experiment.settings();
        Map<String, Long> halvings = halvings(experiment);
        Map<String, Object> report = new LinkedHashMap<>();
        if (settings.share() != settings.sampleRate() || !halvings.isEmpty()) {
            report.put("share", settings.share());
            report.put("halvings", halvings);
            settings.lastHalving().ifPresent(last -> report.put("lastHalving", last(last)));
        }
        return report;
    }

    private static Map<String, Long> halvings(Experiment<?> experiment) {
        Map<String, Long> halvings = new LinkedHashMap<>();
        for (Halving.Cause cause : Halving.Cause.values()) {
            long count = experiment.tally().halvings(cause);
            if (count > 0) {
                halvings.put(cause.tag(), count);
            }
        }
        return halvings;
    }

    private static Map<String, Object> last(Halving last) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("reason", last.cause().tag());
        report.put("at", last.at().toString());
        report.put("from", last.from());
        report.put("to", last.to());
        report.put("because", last.sentence());
        return report;
    }
}
