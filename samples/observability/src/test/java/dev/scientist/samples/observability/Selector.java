package dev.scientist.samples.observability;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A selector of PromQL, which selects series.
 *
 * @param metric the name of the series
 * @param matchers the conditions on their labels
 */
record Selector(String metric, List<Matcher> matchers) {

    private static final Set<String> OF_A_COUNTER = Set.of("_total", "_count", "_sum", "_bucket");

    /**
     * One condition on a label.
     *
     * @param label the name of the label
     * @param operator one of {@code =}, {@code !=}, {@code =~}, {@code !~}
     * @param value the value as it is written, without the quotes
     */
    record Matcher(String label, String operator, String value) {

        /** Whether the value is one of Grafana's variables, such as {@code $experiment}. */
        boolean isVariable() {
            return value.startsWith("$");
        }

        /** Whether the value is a regular expression. */
        boolean isPattern() {
            return operator.endsWith("~");
        }

        /** The values that are named; a regular expression can name several. */
        List<String> values() {
            return isPattern() ? List.of(value.split(Pattern.quote("|"), -1)) : List.of(value);
        }

        /** Whether a series with this value of the label is selected. */
        boolean accepts(String actual) {
            return isVariable() || values().contains(actual) != operator.startsWith("!");
        }
    }

    /** Whether these series only ever grow, so that a rate of them makes sense. */
    boolean isCounter() {
        return OF_A_COUNTER.stream().anyMatch(metric::endsWith);
    }

    /** Whether a sample is selected. */
    boolean accepts(Sample sample) {
        return sample.metric().equals(metric)
                && matchers.stream()
                        .allMatch(matcher -> matcher.accepts(sample.labels().getOrDefault(matcher.label(), "")));
    }
}
