package dev.scientist.reactor;

import java.util.Map;
import java.util.Set;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What of a subscriber's Reactor context stays the subscriber's own: transactions and sessions, in which a candidate would
 * write and roll back; the web exchange, which ends with the response; and the hooks that Reactor's operators leave there,
 * such as {@code onErrorContinue} and {@code doOnDiscard}, which would be called with the candidate's errors and elements.
 *
 * <p>All by name, because none of these libraries need be there, and some of the keys are hidden.
 */
final class CallersOwn {

    // The keys are classes of these packages, or texts that begin with the names of such classes.
    private static final Set<String> PACKAGES = Set.of("org.springframework.transaction.", "org.springframework.web.");

    private static final Set<String> KEYS = Set.of(
            "com.mongodb.reactivestreams.client.ClientSession",
            "org.springframework.security.SECURITY_CONTEXT_ATTRIBUTES", // holds the request and the response
            "reactor.onDiscard.local",
            "reactor.onErrorDropped.local",
            "reactor.onNextDropped.local",
            "reactor.onNextError.localStrategy",
            "reactor.onOperatorError.local",
            "reactor.onRejectedExecution.local");

    private CallersOwn() {}

    /** The context without it. */
    static ContextView leftOutOf(ContextView callers) {
        Context rest = Context.of(callers);
        for (Object key : callers.stream().map(Map.Entry::getKey).toList()) {
            if (isCallersOwn(key)) {
                rest = rest.delete(key);
            }
        }
        return rest;
    }

    private static boolean isCallersOwn(Object key) {
        String name = key instanceof Class<?> type ? type.getName() : key instanceof String text ? text : "";
        return KEYS.contains(name) || PACKAGES.stream().anyMatch(name::startsWith);
    }
}
