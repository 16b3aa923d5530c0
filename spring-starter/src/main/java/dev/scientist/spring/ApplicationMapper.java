package dev.scientist.spring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The Jackson mapper of the application: the one of Jackson 3 before that of Jackson 2, and among several of a line the
 * primary one. Its type is a name, because an application need not have both.
 */
final class ApplicationMapper {

    private static final List<String> TYPES =
            List.of("tools.jackson.databind.json.JsonMapper", "com.fasterxml.jackson.databind.ObjectMapper");

    private ApplicationMapper() {}

    /** Nothing where there is none, or several and none of them primary. */
    static Optional<Object> find(ConfigurableListableBeanFactory beans) {
        ClassLoader loader = beans.getBeanClassLoader();
        return TYPES.stream()
                .filter(type -> ClassUtils.isPresent(type, loader))
                .map(type -> beans.getBeanProvider(ClassUtils.resolveClassName(type, loader)))
                .flatMap(provider -> Stream.<Object>ofNullable(provider.getIfUnique()))
                .findFirst();
    }
}
