package dev.scientist.samples.observability;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a scrape: a series and its value.
 *
 * @param metric the name of the series, such as {@code scientist_trials_total}
 * @param labels the values of the labels, by their names
 * @param value the value at the time of the scrape
 */
record Sample(String metric, Map<String, String> labels, double value) {

    private static final int ROUNDS = 12; // enough for every kind of difference to occur

    private static final Pattern LINE = Pattern.compile("(?<metric>[a-z_]+)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL = Pattern.compile("(?<name>[a-z_]+)=\"(?<value>[^\"\\\\]*)\",?");

    /** The samples of a registry after {@link Traffic}, read from the text format of Prometheus. */
    static List<Sample> ofEveryVerdict() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Traffic traffic = new Traffic(registry)) {
            for (int i = 0; i < ROUNDS; i++) {
                traffic.round();
            }
            return read(traffic.last());
        }
    }

    /** Reads the text format of Prometheus; fails on what it does not understand. */
    static List<Sample> read(String scrape) {
        List<Sample> samples = new ArrayList<>();
        for (String line : scrape.lines().filter(line -> !line.startsWith("#")).toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a line of a scrape: " + line);
            }
            samples.add(new Sample(
                    matcher.group("metric"),
                    labels(matcher.group("labels"), line),
                    Double.parseDouble(matcher.group("value").replace("+Inf", "Infinity"))));
        }
        return samples;
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group("name"), label.group("value"));
            end = label.end();
        }
        if (text != null && end != text.length()) {
            throw new IllegalArgumentException("not the labels of a series: " + line);
        }
        return labels;
    }
}
