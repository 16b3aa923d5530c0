package dev.scientist.spring;

import dev.scientist.Experiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Tells the key and the attributes of a call from its arguments. Expressions come from the annotation and are parsed
 * once; what is in an argument is data, whatever it looks like.
 *
 * @param parameters the names of the primary's parameters
 * @param key null for none
 * @param attributes by name
 */
record CallDescription(
        List<String> parameters, @Nullable ArgumentExpression key, Map<String, ArgumentExpression> attributes) {

    /** Describes a call; nothing is evaluated before the experiment asks for it. */
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

    /** The arguments of one call as variables. Looked up when an expression asks: putting all of them into a map costs more. */
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
