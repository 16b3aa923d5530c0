package dev.scientist.spring;

import dev.scientist.Experiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Tells the key and the attributes of a call from its arguments. Expressions come from the annotation and are parsed
 * once; what is in an argument is data, whatever it looks like.
 *
 * @param parameters the names of the primary's parameters
 * @param key null for none
 * @param attributes by name
 */
record CallDescription(List<String> parameters, @Nullable Expression key, Map<String, Expression> attributes) {

    /** Describes a call; nothing is evaluated before the experiment asks for it. */
    <T> Experiment.Call<T> describe(Experiment.Call<T> call, @Nullable Object[] arguments) {
        if (key != null) {
            Expression expression = key;
            call.keyFrom(() -> expression.getValue(context(arguments)));
        }
        if (!attributes.isEmpty()) {
            call.attributesFrom(() -> values(context(arguments)));
        }
        return call;
    }

    private Map<String, @Nullable Object> values(EvaluationContext context) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        attributes.forEach((name, expression) -> values.put(name, expression.getValue(context)));
        return values;
    }

    private EvaluationContext context(@Nullable Object[] arguments) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            context.setVariable("a" + i, argument);
            context.setVariable("p" + i, argument);
            context.setVariable(parameters.get(i), argument);
        }
        return context;
    }
}
