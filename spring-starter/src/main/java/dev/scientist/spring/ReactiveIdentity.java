package dev.scientist.spring;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Does what {@link SecurityCarrier} does, but for the security context that a Reactor context holds. */
final class ReactiveIdentity {

    private ReactiveIdentity() {}

    /**
     * The same context, with a copy of the security context for the candidate. One that is loaded lazily is loaded
     * when the candidate asks for it.
     */
    static Context own(Context context, SecurityCarrier security) {
        Context own = context;
        for (Map.Entry<Object, Object> entry : List.copyOf(context.stream().toList())) {
            if (entry.getValue() instanceof SecurityContext callers) {
                own = own.put(entry.getKey(), security.copyOf(callers));
            } else if (entry.getKey() == SecurityContext.class && entry.getValue() instanceof Mono<?> callers) {
                // The copy is cached for the run, so that the candidate finds its own changes again.
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
