package dev.scientist.samples.observability;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.scientist.Difference;
import dev.scientist.ExperimentSettings.Halving.Cause;
import dev.scientist.Outcome;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The series that can be queried: those of a real scrape and those that rules record, with the values of their labels.
 */
final class Catalog {

    /** The labels that Prometheus adds to each series. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    private final List<Sample> samples;
    private final Map<String, Set<String>> labelsByMetric = new TreeMap<>();
    private final Map<String, Set<String>> values = new TreeMap<>();

    Catalog(List<Sample> samples) {
        this.samples = samples;
        for (Sample sample : samples) {
            labelsByMetric
                    .computeIfAbsent(sample.metric(), metric -> new TreeSet<>(OF_THE_TARGET))
                    .addAll(sample.labels().keySet());
        }
        values.put("verdict", tags(Verdict.values(), Verdict::tag));
        Set<String> reasons = tags(Verdict.Reason.values(), Verdict.Reason::tag);
        reasons.addAll(tags(Cause.values(), Cause::tag));
        values.put("reason", reasons);
        values.put("outcome", tags(Outcome.Kind.values(), Outcome.Kind::tag));
        values.put("kind", tags(Difference.Kind.values(), Difference.Kind::tag));
        values.put("severity", tags(Difference.Severity.values(), Difference.Severity::tag));
        values.put("decision", tags(Decision.Kind.values(), Decision.Kind::tag));
        values.put("hook", tags(Tally.Hook.values(), Tally.Hook::tag));
        values.put("side", scraped("side")); // the enum is private to the publisher
    }

    static Catalog ofEveryVerdict() {
        return new Catalog(Sample.ofEveryVerdict());
    }

    /** Adds a series that a rule records. */
    void record(String metric, Set<String> labels) {
        if (labelsByMetric.putIfAbsent(metric, labels) != null) {
            throw new IllegalArgumentException(metric + " is there twice");
        }
    }

    /** The names of all series. */
    Set<String> metrics() {
        return labelsByMetric.keySet();
    }

    /** The labels of all series. */
    Set<String> labels() {
        return labelsByMetric.values().stream().flatMap(Set::stream).collect(toSet());
    }

    /** The values of each label whose values are a closed set. */
    Map<String, Set<String>> values() {
        return values;
    }

    /** The values that a label has in the scrape. */
    Set<String> scraped(String label) {
        return samples.stream()
                .filter(sample -> sample.labels().containsKey(label))
                .map(sample -> sample.labels().get(label))
                .collect(toCollection(TreeSet::new));
    }

    /** The sum of the values of the selected series. */
    double sum(Selector selector) {
        return samples.stream()
                .filter(selector::accepts)
                .mapToDouble(Sample::value)
                .sum();
    }

    /**
     * The labels of the selected series.
     *
     * @throws IllegalArgumentException if there are no such series, or can never be any
     */
    Set<String> labelsOf(Selector selector) {
        Set<String> labels = labelsByMetric.get(selector.metric());
        if (labels == null) {
            throw new IllegalArgumentException(selector.metric() + " is not emitted; there is " + metrics());
        }
        for (Selector.Matcher matcher : selector.matchers()) {
            if (!labels.contains(matcher.label())) {
                throw new IllegalArgumentException(
                        selector.metric() + " has no label " + matcher.label() + "; it has " + labels);
            }
            check(matcher);
        }
        boolean isScraped = samples.stream().anyMatch(sample -> sample.metric().equals(selector.metric()));
        if (isScraped && samples.stream().noneMatch(selector::accepts)) {
            throw new IllegalArgumentException("no series ever matches " + selector);
        }
        return labels;
    }

    private void check(Selector.Matcher matcher) {
        if (matcher.isVariable()) {
            if (!matcher.value().equals("$" + matcher.label())
                    || !matcher.operator().equals("=~")) {
                throw new IllegalArgumentException("a variable can have several values, and filters its own label: "
                        + matcher.label() + "=~\"$" + matcher.label() + "\", not " + matcher);
            }
            return;
        }
        Set<String> known = values.get(matcher.label());
        if (known == null) {
            throw new IllegalArgumentException(
                    "the values of " + matcher.label() + " are the user's own; none can be known for " + matcher);
        }
        for (String value : matcher.values()) {
            if (!known.contains(value)) {
                throw new IllegalArgumentException(
                        matcher.label() + " is never \"" + value + "\"; it is one of " + known);
            }
        }
    }

    private static <E> Set<String> tags(E[] all, Function<E, String> tag) {
        return Arrays.stream(all).map(tag).collect(toCollection(TreeSet::new));
    }
}
