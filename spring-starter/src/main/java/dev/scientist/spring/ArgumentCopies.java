package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.comparators.JsonComparator;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.GenericTypeResolver;

/**
 * The argument copies that properties ask for: of annotated methods by what their parameters are declared to be, of other
 * experiments by the classes of the arguments.
 *
 * <p>Threads: those that declare experiments. Invariant: what a method declares is known before its experiment is declared.
 * Consequence: nothing changes afterwards, until it ends.
 */
final class ArgumentCopies {

    private final ObjectProvider<JsonComparator> json;
    private final Map<String, Type[]> declared = new ConcurrentHashMap<>();

    ArgumentCopies(ObjectProvider<JsonComparator> json) {
        this.json = json;
    }

    /** Takes note of what the parameters of an annotated method are. */
    void declare(String experiment, Method method, Class<?> type) {
        declared.put(
                experiment,
                Arrays.stream(method.getGenericParameterTypes())
                        .map(parameter -> GenericTypeResolver.resolveType(parameter, type))
                        .toArray(Type[]::new));
    }

    /** The experiment has ended: another one of its name may take other arguments. */
    void forget(String experiment) {
        declared.remove(experiment);
    }

    /** Sets the copiers. */
    void apply(String experiment, PropertyBlock block, ExperimentOptions.Builder<?> options) {
        JsonComparator comparator = requireJackson(block, "arguments");
        Type[] types = declared.get(experiment);
        if (types == null || types.length == 0) {
            options.argumentCopier(Object.class, comparator.argumentCopier());
        } else {
            UnaryOperator<Object> copier = comparator.argumentCopier(types);
            options.argumentCopier(Object[].class, all -> (Object[]) copier.apply(all));
        }
    }

    /** Demands that there is a mapper. */
    JsonComparator requireJackson(PropertyBlock block, String key) {
        JsonComparator comparator = json.getIfAvailable();
        if (comparator == null) {
            throw block.invalid(
                    key, "json", "needs Jackson on the class path", "add jackson-databind, or remove the property");
        }
        return comparator;
    }
}
