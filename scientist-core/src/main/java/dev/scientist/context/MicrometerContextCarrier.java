package dev.scientist.context;

import dev.scientist.ContextCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries every accessor registered in Micrometer's global {@link ContextRegistry} (trace, security, whatever the
 * application registers), and the SLF4J MDC also where the application registered no accessor for it. Found by
 * {@link java.util.ServiceLoader}.
 *
 * <p>Adds one accessor to the global registry, for the mark {@link dev.scientist.Shadow}, so that a candidate's own
 * threads and pipelines carry it. The MDC is not added there: that would steer the application's own pipelines too.
 *
 * @since 0.1.0
 */
public final class MicrometerContextCarrier implements ContextCarrier {

    private final ContextRegistry registry = ContextRegistry.getInstance();
    // Clears what the caller did not have, so that nothing an earlier candidate left can be seen.
    private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder()
            .contextRegistry(registry)
            .clearMissing(true)
            .captureKeyPredicate(key -> !key.equals(Slf4jThreadLocalAccessor.KEY)) // the MDC is carried here, always
            .build();
    private final ContextSnapshot nothing = snapshots.captureFrom();
    private final Snapshot nothingAtAll = () -> open(nothing, null);

    /** For the service loader. */
    public MicrometerContextCarrier() {
        // Not by the service loader: a module that provides for an absent library cannot be started.
        registry.registerThreadLocalAccessor(new ShadowAccessor());
    }

    @Override
    public Snapshot capture() {
        ContextSnapshot snapshot = isAnythingSet() ? snapshots.captureAll() : nothing;
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        boolean hasMdc = mdc != null && !mdc.isEmpty();
        if (snapshot == nothing && !hasMdc) {
            return nothingAtAll;
        }
        return () -> open(snapshot, mdc);
    }

    private Scope open(ContextSnapshot snapshot, @Nullable Map<String, String> mdc) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        ContextSnapshot.Scope scope = set(snapshot);
        setMdc(mdc);
        return () -> {
            try {
                setMdc(before);
            } finally {
                scope.close();
            }
        };
    }

    /** Sets all or nothing: what an accessor that fails leaves half done must not be seen by the next work here. */
    private ContextSnapshot.Scope set(ContextSnapshot snapshot) {
        try {
            return snapshot.setThreadLocals();
        } catch (Throwable thrown) {
            for (ThreadLocalAccessor<?> accessor : registry.getThreadLocalAccessors()) {
                try {
                    accessor.setValue();
                } catch (Throwable broken) {
                    thrown.addSuppressed(broken);
                }
            }
            throw thrown;
        }
    }

    private static void setMdc(@Nullable Map<String, String> values) {
        if (values == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(values);
        }
    }

    /** Looks before it captures: most callers carry nothing, and should not pay for a snapshot of it. */
    private boolean isAnythingSet() {
        List<ThreadLocalAccessor<?>> accessors = registry.getThreadLocalAccessors();
        for (int i = 0; i < accessors.size(); i++) { // no iterator, for the same reason
            ThreadLocalAccessor<?> accessor = accessors.get(i);
            if (!accessor.key().equals(Slf4jThreadLocalAccessor.KEY) && accessor.getValue() != null) {
                return true;
            }
        }
        return false;
    }
}
