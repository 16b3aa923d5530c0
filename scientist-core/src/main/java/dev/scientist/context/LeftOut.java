package dev.scientist.context;

import org.jspecify.annotations.Nullable;

/**
 * The accessors that are left alone, neither captured nor cleared: the MDC, which the library carries by itself; and those
 * that hand over by reference what can be changed, or what a server uses again for another caller: a candidate could change
 * what its caller works with. A security context is one; the Spring Boot starter carries a copy of it.
 */
final class LeftOut {

    private static final String MDC = "cp.slf4j"; // Micrometer's Slf4jThreadLocalAccessor.KEY

    // Whose accessors have as their key a class, or the name of one.
    private static final String SPRING_SECURITY = "org.springframework.security.";
    private static final String SPRING_WEB = "org.springframework.web.";

    private LeftOut() {}

    /** Asked of each accessor on the caller's thread, so it allocates nothing. */
    static boolean isCarried(Object key) {
        String name = name(key);
        return name == null || !(name.equals(MDC) || name.startsWith(SPRING_SECURITY) || name.startsWith(SPRING_WEB));
    }

    private static @Nullable String name(Object key) {
        return key instanceof Class<?> type ? type.getName() : key instanceof String text ? text : null;
    }
}
