package dev.scientist.samples.observability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the part of PromQL that is used here, refuses the rest, and finds out which labels the result has. It is
 * stricter than Prometheus, whose result is just empty if a name, a label or a value is wrong, or if the labels of two
 * operands differ.
 *
 * <p>Not thread-safe; there is one parser for each expression.
 */
final class PromQl {

    /** The type of the result of an expression. */
    enum Kind {
        NUMBER,
        VECTOR,
        RANGE
    }

    /**
     * The result of an expression.
     *
     * @param kind a number, series, or series over a range of time
     * @param labels the labels of the series
     */
    record Answer(Kind kind, Set<String> labels) {}

    private static final Pattern TOKEN = Pattern.compile("\\s*(?<token>\\d+(?:\\.\\d+)?|\"[^\"\\\\]*\""
            + "|[a-zA-Z_:][a-zA-Z0-9_:]*|\\[(?:\\d+[smhd]|\\$__rate_interval|\\$__range)]"
            + "|==|!=|=~|!~|<=|>=|[-+*/(){},=<>])\\s*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final Set<String> RATES = Set.of("rate", "increase");
    private static final Set<String> OPERATIONS_ON_SETS = Set.of("and", "unless");
    private static final List<Set<String>> PRECEDENCE =
            List.of(OPERATIONS_ON_SETS, Set.of("==", "!=", "<", ">", "<=", ">="), Set.of("+", "-"), Set.of("*", "/"));

    private final String expression;
    private final Catalog catalog;
    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private int next;

    private PromQl(String expression, Catalog catalog) {
        this.expression = expression;
        this.catalog = catalog;
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        while (token.find() && token.start() == end) {
            tokens.add(token.group("token"));
            end = token.end();
        }
        check(end == expression.length(), "it is not understood from: " + expression.substring(end));
    }

    /**
     * The labels of the series in the result of an expression.
     *
     * @throws IllegalArgumentException if it uses a series that is not in the catalog, or is not understood
     */
    static Set<String> labelsOf(String expression, Catalog catalog) {
        return new PromQl(expression, catalog).read().labels();
    }

    /** The selectors in an expression. */
    static List<Selector> selectorsIn(String expression, Catalog catalog) {
        PromQl reader = new PromQl(expression, catalog);
        reader.read();
        return reader.selectors;
    }

    private Answer read() {
        Answer answer = operation(0);
        check(next == tokens.size(), "it goes on after its end, with " + peek());
        check(answer.kind() == Kind.VECTOR, "it comes to a " + answer.kind());
        return answer;
    }

    private Answer operation(int level) {
        if (level == PRECEDENCE.size()) {
            return operand();
        }
        Answer left = operation(level + 1);
        while (PRECEDENCE.get(level).contains(peek())) {
            left = combined(left, take());
        }
        return left;
    }

    private Answer combined(Answer left, String operator) {
        Set<String> on = peek().equals("on") ? namesAfter("on") : null;
        boolean isManyToOne = on != null
                && peek().equals("group_left")
                && namesAfter("group_left").isEmpty();
        int level = 0;
        while (!PRECEDENCE.get(level).contains(operator)) {
            level++;
        }
        Answer right = operation(level + 1);
        check(left.kind() != Kind.RANGE && right.kind() != Kind.RANGE, operator + " stands at a range");
        if (left.kind() == Kind.NUMBER || right.kind() == Kind.NUMBER) {
            check(on == null && !OPERATIONS_ON_SETS.contains(operator), "a number has no labels to match");
            return left.kind() == Kind.NUMBER ? right : left;
        }
        Set<String> matched = on == null ? left.labels() : on;
        check(
                OPERATIONS_ON_SETS.contains(operator)
                        ? left.labels().containsAll(matched)
                        : isManyToOne
                                ? left.labels().containsAll(matched)
                                : left.labels().equals(matched),
                "the left side of " + operator + " has the labels " + left.labels() + ", matched on " + matched);
        check(
                right.labels().equals(matched),
                "the right side of " + operator + " has the labels " + right.labels() + ", matched on " + matched);
        return left;
    }

    private Answer operand() {
        String token = take();
        if (token.equals("(")) {
            Answer inner = operation(0);
            expect(")");
            return inner;
        }
        if (Character.isDigit(token.charAt(0))) {
            return new Answer(Kind.NUMBER, Set.of());
        }
        check(NAME.matcher(token).matches(), "a name was expected, not " + token);
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        return peek().equals("(") ? function(token) : selection(token);
    }

    private Answer aggregation() {
        Set<String> by = peek().equals("by") ? namesAfter("by") : Set.of();
        Answer input = argument();
        expect(")");
        check(input.kind() == Kind.VECTOR, "only a vector can be aggregated, not a " + input.kind());
        check(input.labels().containsAll(by), "by " + by + " is asked of series with " + input.labels());
        return new Answer(Kind.VECTOR, by);
    }

    private Answer function(String name) {
        Answer first = argument();
        if (RATES.contains(name)) {
            expect(")");
            Selector selector = selectors.get(selectors.size() - 1);
            check(first.kind() == Kind.RANGE && selector.isCounter(), name + " is of a counter over a range");
            return new Answer(Kind.VECTOR, first.labels());
        }
        check(name.equals("histogram_quantile"), "the function " + name + " is not one of those used here");
        expect(",");
        Answer buckets = operation(0);
        expect(")");
        check(first.kind() == Kind.NUMBER && buckets.labels().contains("le"), "a quantile is of buckets by le");
        Set<String> labels = new TreeSet<>(buckets.labels());
        labels.remove("le");
        return new Answer(Kind.VECTOR, labels);
    }

    private Answer argument() {
        expect("(");
        return operation(0);
    }

    private Answer selection(String metric) {
        List<Selector.Matcher> matchers = new ArrayList<>();
        if (peek().equals("{")) {
            do {
                take();
                String label = take();
                String operator = take();
                String value = take();
                check(
                        Set.of("=", "!=", "=~", "!~").contains(operator) && value.startsWith("\""),
                        "a matcher was expected, not " + label + operator + value);
                matchers.add(new Selector.Matcher(label, operator, value.substring(1, value.length() - 1)));
            } while (peek().equals(","));
            expect("}");
        }
        Selector selector = new Selector(metric, List.copyOf(matchers));
        selectors.add(selector);
        boolean isRange = peek().startsWith("[");
        if (isRange) {
            take();
        }
        try {
            return new Answer(isRange ? Kind.RANGE : Kind.VECTOR, catalog.labelsOf(selector));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", in " + expression, e);
        }
    }

    private Set<String> namesAfter(String keyword) {
        expect(keyword);
        Set<String> names = new HashSet<>();
        if (keyword.equals("group_left") && !peek().equals("(")) {
            return names;
        }
        expect("(");
        while (!peek().equals(")")) {
            String name = take();
            check(NAME.matcher(name).matches() && names.add(name), "a new label was expected, not " + name);
            if (peek().equals(",")) {
                take();
            }
        }
        expect(")");
        return names;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        check(next < tokens.size(), "it ends too early");
        return tokens.get(next++);
    }

    private void expect(String token) {
        String found = take();
        check(found.equals(token), token + " was expected, not " + found);
    }

    private void check(boolean holds, String trouble) {
        if (!holds) {
            throw new IllegalArgumentException(trouble + ", in " + expression);
        }
    }
}
