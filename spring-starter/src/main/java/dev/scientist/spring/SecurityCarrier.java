package dev.scientist.spring;

import dev.scientist.ContextCarrier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Carries the caller's {@link Authentication} to the candidate, in a new security context for each run. With the
 * caller's own context, a candidate that signs somebody in would change who its caller is.
 *
 * <p>The caller's context is read on the caller's thread, even if it is deferred: on a worker it would be read from a
 * request, which a servlet container reuses for another caller after the response.
 *
 * <p>Threads: any. Invariant: whichever thread sets {@code found}, the values are equivalent.
 * Consequence: nobody waits.
 */
final class SecurityCarrier implements ContextCarrier {

    // The class is hidden, so it is named as text. With it, all threads have one context: a candidate has it already,
    // and a copy would replace it for everybody.
    private static final String GLOBAL =
            "org.springframework.security.core.context.GlobalSecurityContextHolderStrategy";

    private final ObjectProvider<SecurityContextHolderStrategy> strategies;
    private volatile @Nullable Supplier<SecurityContextHolderStrategy> found;

    SecurityCarrier(ObjectProvider<SecurityContextHolderStrategy> strategies) {
        this.strategies = strategies;
    }

    @Override
    public Snapshot capture() {
        SecurityContextHolderStrategy holder = holder();
        if (holder.getClass().getName().equals(GLOBAL)) {
            return () -> () -> {};
        }
        Authentication caller = holder.getContext().getAuthentication();
        return () -> open(holder, caller);
    }

    /** A new context with the same authentication. */
    SecurityContext copyOf(SecurityContext callers) {
        return contextOf(holder(), callers.getAuthentication());
    }

    private static Scope open(SecurityContextHolderStrategy holder, @Nullable Authentication caller) {
        SecurityContext before = holder.getContext();
        Scope scope = () -> holder.setContext(before); // made first, so that what is set is always taken away
        holder.setContext(contextOf(holder, caller));
        return scope;
    }

    private static SecurityContext contextOf(SecurityContextHolderStrategy holder, @Nullable Authentication caller) {
        SecurityContext context = holder.createEmptyContext();
        context.setAuthentication(caller);
        return context;
    }

    /** The application's own strategy, or the one that Spring Security uses now. */
    private SecurityContextHolderStrategy holder() {
        Supplier<SecurityContextHolderStrategy> known = found;
        if (known == null) {
            SecurityContextHolderStrategy bean = strategies.getIfUnique();
            known = bean == null ? SecurityContextHolder::getContextHolderStrategy : () -> bean;
            found = known;
        }
        return known.get();
    }
}
