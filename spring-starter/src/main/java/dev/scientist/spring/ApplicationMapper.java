package dev.scientist.spring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the Jackson mapper of the application. A mapper of Jackson 3 is preferred to one of Jackson 2; among several of
 * one version the primary bean is taken. Types are given by name, because an application need not have both versions.
 */
final class ApplicationMapper {

    private static final List<String> TYPES =
            List.of("tools.jackson.databind.json.JsonMapper", "com.fasterxml.jackson.databind.ObjectMapper");

    private ApplicationMapper() {}

    /** The mapper; empty if there is none, or if there are several and none of them is primary. */
    static Optional<Object> find(ConfigurableListableBeanFactory beans) {
        ClassLoader loader = beans.getBeanClassLoader();
        return TYPES.stream()
                .filter(type -> ClassUtils.isPresent(type, loader))
                .map(type -> beans.getBeanProvider(ClassUtils.resolveClassName(type, loader)))
                .flatMap(provider -> Stream.<Object>ofNullable(provider.getIfUnique()))
                .findFirst();
    }
}
