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
 * Carries who the caller is to the candidate: the caller's {@link Authentication}, in a security context of the candidate's
 * own for each run. With the caller's own context a candidate that signs somebody in would change who its caller is.
 *
 * <p>The caller's context is read on the caller's thread, also one that is deferred: read on a worker it would be read from
 * a request, which a servlet container uses again for another caller after the response.
 *
 * <p>Threads: any. Invariant: {@code found} is set to equal things whoever sets it. Consequence: nobody waits.
 */
final class SecurityCarrier implements ContextCarrier {

    // Hidden. There is one context for all threads, so a candidate has it without further ado, and a copy would be
    // everybody's.
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

    /** Another context with the same authentication. */
    SecurityContext copyOf(SecurityContext callers) {
        return contextOf(holder(), callers.getAuthentication());
    }

    private static Scope open(SecurityContextHolderStrategy holder, @Nullable Authentication caller) {
        SecurityContext before = holder.getContext();
        Scope scope = () -> holder.setContext(before); // first: what is set must be taken away
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
