package dev.scientist.spring;

import dev.scientist.Experiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Evaluates the key and the attributes of a call from its arguments. Only the annotation contains expressions, and they
 * are parsed once; a text in an argument is never parsed as one.
 *
 * @param parameters the names of the primary's parameters
 * @param key null if the annotation has none
 * @param attributes the expressions by the names of their attributes
 */
record CallDescription(
        List<String> parameters, @Nullable ArgumentExpression key, Map<String, ArgumentExpression> attributes) {

    /** Gives a call its key and its attributes. Nothing is evaluated before the experiment asks for it. */
    <T> Experiment.Call<T> describe(Experiment.Call<T> call, @Nullable Object[] arguments) {
        EvaluationContext context = new Variables(parameters, arguments);
        if (key != null) {
            ArgumentExpression expression = key;
            call.keyFrom(() -> expression.value(context));
        }
        if (!attributes.isEmpty()) {
            call.attributesFrom(() -> values(context));
        }
        return call;
    }

    private Map<String, @Nullable Object> values(EvaluationContext context) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        attributes.forEach((name, expression) -> values.put(name, expression.value(context)));
        return values;
    }

    /**
     * Offers the arguments of one call as variables. They are looked up when an expression asks, because putting all
     * of them into a map costs more.
     */
    private static final class Variables extends StandardEvaluationContext {
        private final List<String> parameters;
        private final @Nullable Object[] arguments;

        Variables(List<String> parameters, @Nullable Object[] arguments) {
            this.parameters = parameters;
            this.arguments = arguments;
        }

        @Override
        public @Nullable Object lookupVariable(String name) {
            int named = parameters.indexOf(name);
            if (named >= 0) {
                return arguments[named];
            }
            for (int i = 0; i < arguments.length; i++) { // a0 or p0, for classes compiled without names
                if (name.equals("a" + i) || name.equals("p" + i)) {
                    return arguments[i];
                }
            }
            return super.lookupVariable(name);
        }
    }
}
