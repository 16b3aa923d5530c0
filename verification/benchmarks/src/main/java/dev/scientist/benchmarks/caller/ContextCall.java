package dev.scientist.benchmarks.caller;

import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Calls with a context that has to reach the candidate: an MDC of two entries, thread-local accessors with a value
 * each, or both.
 */
final class ContextCall implements Contender {

    private static final String TENANT_KEY = "benchmark.tenant";
    private static final String USER_KEY = "benchmark.user";
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final OurCall ours;
    private final boolean hasMdc;
    private final int accessors;

    private ContextCall(OurCall ours, boolean hasMdc, int accessors) {
        this.ours = ours;
        this.hasMdc = hasMdc;
        this.accessors = accessors;
    }

    /** The context is an MDC with a trace. */
    static ContextCall withMdc(OurCall ours) {
        return new ContextCall(ours, true, 0);
    }

    /** The context is an MDC with a trace, and a tenant. */
    static ContextCall withMdcAndAccessor(OurCall ours) {
        return new ContextCall(ours, true, 1);
    }

    /** The context is a tenant and a user. */
    static ContextCall withAccessors(OurCall ours) {
        return new ContextCall(ours, false, 2);
    }

    @Override
    public void prepare() {
        if (hasMdc) {
            MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
            MDC.put("spanId", "00f067aa0ba902b7");
        }
        if (accessors > 0) {
            TENANT.set("tenant");
            ContextRegistry.getInstance().registerThreadLocalAccessor(TENANT_KEY, TENANT);
        }
        if (accessors > 1) {
            USER.set("user");
            ContextRegistry.getInstance().registerThreadLocalAccessor(USER_KEY, USER);
        }
    }

    @Override
    public @Nullable Answer call() {
        return ours.call();
    }

    @Override
    public void settle() {
        ours.settle();
        ContextRegistry.getInstance().removeThreadLocalAccessor(TENANT_KEY);
        ContextRegistry.getInstance().removeThreadLocalAccessor(USER_KEY);
        TENANT.remove();
        USER.remove();
        MDC.clear();
    }

    @Override
    public void close() {
        ours.close();
    }
}
