package dev.scientist.spring;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** What {@link SecurityCarrier} does, for the security context that a Reactor context holds. */
final class ReactiveIdentity {

    private ReactiveIdentity() {}

    /**
     * The same context, with a security context of the candidate's own. One that is still to be loaded is loaded when the
     * candidate asks for it.
     */
    static Context own(Context context, SecurityCarrier security) {
        Context own = context;
        for (Map.Entry<Object, Object> entry : List.copyOf(context.stream().toList())) {
            if (entry.getValue() instanceof SecurityContext callers) {
                own = own.put(entry.getKey(), security.copyOf(callers));
            } else if (entry.getKey() == SecurityContext.class && entry.getValue() instanceof Mono<?> callers) {
                // Once for each run, so that a candidate finds again what it has changed.
                own = own.put(
                        entry.getKey(),
                        callers.cast(SecurityContext.class)
                                .map(security::copyOf)
                                .cache());
            }
        }
        return own;
    }
}
