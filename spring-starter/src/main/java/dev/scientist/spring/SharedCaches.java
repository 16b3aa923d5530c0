package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;

/**
 * Refuses a primary and a candidate that keep their answers in the same cache: each would return what the other has put
 * there, and a candidate that is never called would match every time.
 */
final class SharedCaches {

    private final ConfigurableListableBeanFactory beans;

    SharedCaches(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Checks one pair.
     *
     * @param type the class of the candidate's bean
     * @throws WrongWiringException if the cache annotations of both name the same cache
     */
    void check(Place place, Method candidate, Class<?> type) {
        Set<String> shared = names(place.wiring().method(), place.wiring().type());
        shared.retainAll(names(candidate, type));
        if (!shared.isEmpty()) {
            throw place.wrong(
                    "The method and its candidate " + Signature.of(candidate) + " use the same cache: \""
                            + String.join("\", \"", shared)
                            + "\". Each would answer with what the other has put there, which compares nothing.",
                    "Give the candidate a cache of its own name, or leave its caching out.");
        }
    }

    private Set<String> names(Method method, Class<?> type) {
        Set<String> names = new TreeSet<>();
        beans.getBeanProvider(CacheOperationSource.class).forEach(source -> {
            Collection<CacheOperation> operations = source.getCacheOperations(method, type);
            if (operations != null) {
                operations.forEach(operation -> names.addAll(operation.getCacheNames()));
            }
        });
        return names;
    }
}
