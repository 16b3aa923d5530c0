package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

/**
 * Finds the methods of a class that carry {@link ParallelRun}. Each class is searched once, and the result is kept.
 *
 * <p>Threads: any. Invariant: the result for a class never changes. Consequence: two threads that search the
 * same class at once find the same.
 */
final class AnnotatedMethods {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final PropertyResolver properties;
    private final Map<Class<?>, Map<Method, Wiring>> found = new ConcurrentHashMap<>();

    /**
     * Creates a finder that has not searched any class yet.
     *
     * @param properties resolves the placeholders in annotations
     */
    AnnotatedMethods(PropertyResolver properties) {
        this.properties = properties;
    }

    /** The annotated methods of a class, private and static ones included; empty for most classes. */
    Map<Method, Wiring> of(Class<?> type) {
        Class<?> own = ClassUtils.getUserClass(type);
        if (!AnnotationUtils.isCandidateClass(own, ParallelRun.class)) {
            return Map.of();
        }
        Map<Method, Wiring> known = found.get(own);
        if (known == null) {
            known = search(own);
            found.put(own, known);
        }
        return known;
    }

    private Map<Method, Wiring> search(Class<?> type) {
        try {
            return Map.copyOf(
                    MethodIntrospector.selectMethods(type, (Method method) -> Wiring.of(type, method, properties)));
        } catch (IllegalStateException | LinkageError unreadable) {
            // The class may belong to a lazy bean that nobody ever asks for; its methods
            // mention a library that is absent.
            log.debug("{} is not searched for @ParallelRun: {}", type.getName(), unreadable.toString());
            return Map.of();
        }
    }

    /**
     * The annotation that applies to a call, whether the class, an interface or a proxy declares the called
     * method; null if there is none.
     */
    @Nullable
    Wiring of(Method called, Class<?> type) {
        Map<Method, Wiring> all = of(type);
        if (all.isEmpty()) {
            return null;
        }
        // The methods of a JDK proxy carry no annotations; those of its interfaces do.
        return all.get(Proxy.isProxyClass(type) ? called : AopUtils.getMostSpecificMethod(called, type));
    }
}
