package dev.scientist.context;

import dev.scientist.ContextCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries every accessor registered in Micrometer's global {@link ContextRegistry} (trace, whatever the application
 * registers), except those that {@link LeftOut} names. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Adds one accessor to the global registry, for the mark {@link dev.scientist.Shadow}, so that a candidate's own
 * threads and pipelines carry it, and removes it when the last {@link dev.scientist.Scientist} closes.
 *
 * @since 0.1.0
 */
public final class MicrometerContextCarrier implements ContextCarrier {

    private static final ShadowAccessor ACCESSOR = new ShadowAccessor();
    // The global registry may belong to a class loader that outlives this one, so nothing of ours may stay there.
    private static final Set<MicrometerContextCarrier> OPEN = new HashSet<>(); // guarded by LOCK
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final ContextRegistry registry = ContextRegistry.getInstance();
    // Clears what the caller did not have, so that nothing an earlier candidate left can be seen.
    private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder()
            .contextRegistry(registry)
            .clearMissing(true)
            .captureKeyPredicate(LeftOut::isCarried)
            .build();
    private final ContextSnapshot nothing = snapshots.captureFrom();
    private final Snapshot nothingAtAll = new Snapshot() {
        @Override
        public Scope open() {
            return MicrometerContextCarrier.this.open(nothing);
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };

    /** For the service loader. */
    public MicrometerContextCarrier() {
        LOCK.lock();
        try {
            OPEN.add(this);
            // Not by the service loader: a module that provides for an absent library cannot be started.
            registry.registerThreadLocalAccessor(ACCESSOR);
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void closed() {
        LOCK.lock();
        try {
            boolean isLast = OPEN.remove(this) && OPEN.isEmpty();
            if (isLast
                    && registry.getThreadLocalAccessors().contains(ACCESSOR)) { // and not that of another class loader
                registry.removeThreadLocalAccessor(ShadowAccessor.KEY);
            }
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public Snapshot capture() {
        if (!isAnythingSet()) {
            return nothingAtAll;
        }
        ContextSnapshot snapshot = snapshots.captureAll();
        return () -> open(snapshot);
    }

    /** Sets all or nothing: what an accessor that fails leaves half done must not be seen by the next work here. */
    private Scope open(ContextSnapshot snapshot) {
        Opened opened = new Opened(); // first: what is set must be taken away
        try {
            opened.scope = snapshot.setThreadLocals(LeftOut::isCarried);
            return opened;
        } catch (Throwable thrown) {
            for (ThreadLocalAccessor<?> accessor : registry.getThreadLocalAccessors()) {
                try {
                    if (LeftOut.isCarried(accessor.key())) {
                        accessor.setValue();
                    }
                } catch (Throwable broken) {
                    thrown.addSuppressed(broken);
                }
            }
            throw thrown;
        }
    }

    private static final class Opened implements Scope {
        private ContextSnapshot.@Nullable Scope scope;

        @Override
        public void close() {
            if (scope != null) {
                scope.close();
            }
        }
    }

    /** Looks before it captures: most callers carry nothing, and should not pay for a snapshot of it. */
    private boolean isAnythingSet() {
        List<ThreadLocalAccessor<?>> accessors = registry.getThreadLocalAccessors();
        for (int i = 0; i < accessors.size(); i++) { // no iterator, for the same reason
            ThreadLocalAccessor<?> accessor = accessors.get(i);
            if (LeftOut.isCarried(accessor.key()) && accessor.getValue() != null) {
                return true;
            }
        }
        return false;
    }
}
