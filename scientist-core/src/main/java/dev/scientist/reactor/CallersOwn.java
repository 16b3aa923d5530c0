package dev.scientist.reactor;

import java.util.Map;
import java.util.Set;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Removes from a subscriber's Reactor context the entries that a candidate must not see: transactions and sessions, in
 * which a candidate would write and roll back; the web exchange, which ends with the response; and the hooks that
 * Reactor's operators leave there, such as {@code onErrorContinue} and {@code doOnDiscard}, which would be called with
 * the candidate's errors and elements.
 *
 * <p>The entries are found by name, because none of these libraries needs to be present, and some of the keys are not
 * accessible.
 */
final class CallersOwn {

    // The keys are classes of these packages, or strings that begin with the names of such classes.
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

    /** Returns a subscriber's context without these entries. */
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
