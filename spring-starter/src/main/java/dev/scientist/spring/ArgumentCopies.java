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
 * Sets the argument copiers that properties ask for. The arguments of annotated methods are copied according to the
 * declared parameter types, those of other experiments according to the classes of the arguments.
 *
 * <p>Threads: those that declare experiments. Invariant: the parameters of a method are known before its experiment is
 * declared. Consequence: nothing changes afterwards, until the experiment ends.
 */
final class ArgumentCopies {

    private final ObjectProvider<JsonComparator> json;
    private final Map<String, Type[]> declared = new ConcurrentHashMap<>();

    ArgumentCopies(ObjectProvider<JsonComparator> json) {
        this.json = json;
    }

    /** Remembers the declared parameter types of an annotated method. */
    void declare(String experiment, Method method, Class<?> type) {
        declared.put(
                experiment,
                Arrays.stream(method.getGenericParameterTypes())
                        .map(parameter -> GenericTypeResolver.resolveType(parameter, type))
                        .toArray(Type[]::new));
    }

    /**
     * Forgets the parameters of an experiment that has ended, because a later experiment of that name may take others.
     */
    void forget(String experiment) {
        declared.remove(experiment);
    }

    /** Sets the argument copier of one experiment. */
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

    /** The comparator that copies arguments as JSON; throws if the application has no Jackson mapper. */
    JsonComparator requireJackson(PropertyBlock block, String key) {
        JsonComparator comparator = json.getIfAvailable();
        if (comparator == null) {
            throw block.invalid(
                    key, "json", "needs Jackson on the class path", "add jackson-databind, or remove the property");
        }
        return comparator;
    }
}
