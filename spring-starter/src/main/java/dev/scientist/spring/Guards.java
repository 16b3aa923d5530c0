package dev.scientist.spring;

import dev.scientist.CandidateGuard;
import dev.scientist.resilience.Resilience4jGuards;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the Resilience4j guards that properties name. They come from the application's own registries, which create a
 * missing one, as they do for Resilience4j's annotations. The library is touched only if a property asks for it.
 */
final class Guards {

    /** A property, the module and the registry that its guards come from, and how a guard is created. */
    private record Source(
            String key,
            Function<ExperimentProperties, @Nullable String> property,
            String module,
            String registry,
            BiFunction<BeanFactory, String, CandidateGuard> guard) {}

    private static final List<Source> SOURCES = List.of(
            new Source(
                    "circuit-breaker",
                    ExperimentProperties::circuitBreaker,
                    "resilience4j-circuitbreaker",
                    "io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry",
                    (beans, name) -> Resilience4jGuards.circuitBreaker(
                            beans.getBean(CircuitBreakerRegistry.class).circuitBreaker(name))),
            new Source(
                    "bulkhead",
                    ExperimentProperties::bulkhead,
                    "resilience4j-bulkhead",
                    "io.github.resilience4j.bulkhead.BulkheadRegistry",
                    (beans, name) -> Resilience4jGuards.bulkhead(
                            beans.getBean(BulkheadRegistry.class).bulkhead(name))),
            new Source(
                    "rate-limiter",
                    ExperimentProperties::rateLimiter,
                    "resilience4j-ratelimiter",
                    "io.github.resilience4j.ratelimiter.RateLimiterRegistry",
                    (beans, name) -> Resilience4jGuards.rateLimiter(
                            beans.getBean(RateLimiterRegistry.class).rateLimiter(name))));

    private final ConfigurableListableBeanFactory beans;

    Guards(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Requires that every named guard can be created. */
    void check(PropertyBlock block, ExperimentProperties properties) {
        for (Source source : SOURCES) {
            String name = source.property().apply(properties);
            if (name != null && !name.isEmpty()) {
                check(block, source, name);
            }
        }
    }

    /** The guards that an experiment's own properties name, or else the defaults; an empty name means no guard. */
    List<CandidateGuard> of(PropertyBlock block, ExperimentProperties own, ExperimentProperties defaults) {
        return SOURCES.stream()
                .map(source -> {
                    String name = source.property().apply(own);
                    String chosen = name == null ? source.property().apply(defaults) : name;
                    return chosen == null || chosen.isEmpty() ? null : guard(block, source, chosen);
                })
                .flatMap(java.util.stream.Stream::ofNullable)
                .toList();
    }

    private void check(PropertyBlock block, Source source, String name) {
        if (!ClassUtils.isPresent(source.registry(), beans.getBeanClassLoader())) {
            throw block.invalid(
                    source.key(),
                    name,
                    "needs Resilience4j on the class path",
                    "add Resilience4j's starter for Spring Boot, or io.github.resilience4j:" + source.module()
                            + " and a bean of type " + source.registry() + ", or remove the property");
        }
        Class<?> registry = ClassUtils.resolveClassName(source.registry(), beans.getBeanClassLoader());
        if (beans.getBeanNamesForType(registry, true, false).length == 0) {
            throw block.invalid(
                    source.key(),
                    name,
                    "needs a bean of type " + source.registry(),
                    "add Resilience4j's starter for Spring Boot, or declare such a bean, or remove the property");
        }
    }

    private CandidateGuard guard(PropertyBlock block, Source source, String name) {
        try {
            return source.guard().apply(beans, name);
        } catch (IllegalArgumentException wrong) { // the guard would wait
            throw block.invalid(source.key(), name, "must name what never waits", String.valueOf(wrong.getMessage()));
        }
    }
}
