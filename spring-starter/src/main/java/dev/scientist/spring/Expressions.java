package dev.scientist.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.NativeDetector;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Parses the expressions of one annotation and refuses, at the start, those that could never be evaluated. */
final class Expressions {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Place place;
    private final List<String> parameters;
    private final boolean areNamed;

    private Expressions(Place place) {
        this.place = place;
        String[] own = NAMES.getParameterNames(place.wiring().method());
        String[] names = own == null ? NAMES.getParameterNames(place.wiring().annotated()) : own;
        this.areNamed = names != null;
        this.parameters = names == null ? numbers(place.wiring().method().getParameterCount()) : List.of(names);
    }

    /**
     * The key and the attributes that the annotation declares; null if it declares neither.
     *
     * @throws WrongWiringException if an expression cannot be parsed, or names something that does not exist
     */
    static @Nullable CallDescription of(Place place) {
        Wiring wiring = place.wiring();
        if (wiring.key().isEmpty() && wiring.attributes().isEmpty()) {
            return null;
        }
        Expressions expressions = new Expressions(place);
        ArgumentExpression key =
                wiring.key().isEmpty() ? null : expressions.parse(ArgumentExpression.KEY, wiring.key());
        return new CallDescription(expressions.parameters, key, expressions.attributes(wiring.attributes()));
    }

    private Map<String, ArgumentExpression> attributes(List<String> said) {
        Map<String, ArgumentExpression> attributes = new LinkedHashMap<>();
        for (String attribute : said) {
            int sign = attribute.indexOf('=');
            String name = sign < 0 ? "" : attribute.substring(0, sign).strip();
            if (name.isEmpty() || !name.matches("[\\w.-]+")) {
                throw place.wrong(
                        "The attribute \"" + attribute + "\" is not a name, = and an expression.",
                        "Write, for example, attributes = \"country = " + example() + "\".");
            }
            if (attributes.put(
                            name,
                            parse(
                                    "attribute " + name,
                                    attribute.substring(sign + 1).strip()))
                    != null) {
                throw place.wrong("The attribute \"" + name + "\" is there twice.", "Leave one of them out.");
            }
        }
        return attributes;
    }

    private ArgumentExpression parse(String what, String text) {
        try {
            SpelExpression expression = (SpelExpression) parser().parseExpression(text);
            check(what, text, expression.getAST(), false);
            return new ArgumentExpression(place, what, expression);
        } catch (ParseException | IllegalStateException | IllegalArgumentException wrong) {
            throw place.wrong(
                    "The expression of the " + what + ", \"" + text + "\", cannot be parsed: " + wrong.getMessage()
                            + ".",
                    "Correct it; parameters are variables in SpEL, such as " + example() + ".",
                    wrong);
        }
    }

    private static SpelExpressionParser parser() {
        // In mixed mode, a compiled expression that fails for other types of objects is interpreted again.
        SpelCompilerMode mode = NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
        return new SpelExpressionParser(new SpelParserConfiguration(mode, Expressions.class.getClassLoader()));
    }

    /**
     * Requires that variables are parameters, and that no property or method is read from the root
     * object, because there is none.
     *
     * @param hasObject whether there is an object at this place from which a property can be read
     */
    private void check(String what, String text, SpelNode node, boolean hasObject) {
        if (node instanceof VariableReference) {
            requireKnown(what, text, node.toStringAST().substring(1));
        }
        if (!hasObject && (node instanceof PropertyOrFieldReference || node instanceof MethodReference)) {
            throw place.wrong(
                    "The expression of the " + what + ", \"" + text + "\", asks for \"" + node.toStringAST()
                            + "\" of nothing: parameters are variables, written with #.",
                    "Write # before the name of a parameter, such as " + example() + ".");
        }
        boolean isInside = node instanceof Selection || node instanceof Projection;
        for (int i = 0; i < node.getChildCount(); i++) {
            boolean isKey = node instanceof InlineMap && i % 2 == 0;
            boolean isMember = node instanceof CompoundExpression && i > 0;
            check(what, text, node.getChild(i), hasObject || isInside || isKey || isMember);
        }
    }

    private void requireKnown(String what, String text, String variable) {
        Set<String> known = new TreeSet<>(Set.of("this"));
        for (int i = 0; i < parameters.size(); i++) {
            known.add("a" + i);
            known.add("p" + i);
            known.add(parameters.get(i));
        }
        if (known.contains(variable)) {
            return;
        }
        String problem = "The expression of the " + what + ", \"" + text + "\", names #" + variable
                + ", which is no parameter of the method";
        if (parameters.isEmpty()) {
            throw place.wrong(problem + "; it has none.", "Leave the expression out.");
        }
        throw areNamed
                ? place.wrong(problem + ".", "The parameters are #" + String.join(", #", parameters) + ".")
                : place.wrong(
                        problem + " as far as is known: its class was compiled without the names of parameters.",
                        "Compile with -parameters, or write #a0 for the first parameter.");
    }

    private String example() {
        return parameters.isEmpty() ? "#name" : "#" + parameters.get(0);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(index -> "a" + index).toList();
    }
}
