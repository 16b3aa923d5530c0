package dev.scientist.context;

import org.jspecify.annotations.Nullable;

/**
 * The accessors that are neither captured nor cleared. These are the MDC, which the library carries by itself, and
 * accessors that pass on a reference to an object which can be changed, or which a server reuses for another caller:
 * through it a candidate could change what its caller works with. A security context is such an object; the Spring Boot
 * starter carries a copy of it.
 */
final class LeftOut {

    private static final String MDC = "cp.slf4j"; // Micrometer's Slf4jThreadLocalAccessor.KEY

    // The accessors of these packages have a class, or the name of one, as their key.
    private static final String SPRING_SECURITY = "org.springframework.security.";
    private static final String SPRING_WEB = "org.springframework.web.";

    private LeftOut() {}

    /**
     * Whether an accessor is carried, by its key. Called for each accessor on the caller's thread, so it allocates
     * nothing.
     */
    static boolean isCarried(Object key) {
        String name = name(key);
        return name == null || !(name.equals(MDC) || name.startsWith(SPRING_SECURITY) || name.startsWith(SPRING_WEB));
    }

    private static @Nullable String name(Object key) {
        return key instanceof Class<?> type ? type.getName() : key instanceof String text ? text : null;
    }
}
