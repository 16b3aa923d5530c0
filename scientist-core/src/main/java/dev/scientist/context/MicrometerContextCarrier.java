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
 * Carries the values of all accessors in Micrometer's global {@link ContextRegistry} (such as the trace, and whatever
 * the application registers), except those that {@link LeftOut} names. Found by {@link java.util.ServiceLoader}.
 *
 * <p>It adds one accessor to the global registry, for the mark {@link dev.scientist.Shadow}, so that a candidate's own
 * threads and pipelines carry the mark, and removes it when the last {@link dev.scientist.Scientist} closes.
 *
 * @since 0.1.0
 */
public final class MicrometerContextCarrier implements ContextCarrier {

    private static final ShadowAccessor ACCESSOR = new ShadowAccessor();
    // The global registry may belong to a class loader that outlives this one, so no object of this library may stay
    // there.
    private static final Set<MicrometerContextCarrier> OPEN = new HashSet<>(); // guarded by LOCK
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final ContextRegistry registry = ContextRegistry.getInstance();
    // Clears values that the caller did not have, so that a candidate never sees what an earlier one left on the
    // thread.
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

    /** Called by the service loader. */
    public MicrometerContextCarrier() {
        LOCK.lock();
        try {
            OPEN.add(this);
            // The accessor is not registered as a service, because a module that provides a service of an absent
            // library cannot be started.
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
            // The registered accessor may be that of another class loader, which is left there.
            if (isLast && registry.getThreadLocalAccessors().contains(ACCESSOR)) {
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

    /**
     * Sets all values, or clears them all if one accessor fails: the next work on this thread must not see some of
     * them.
     */
    private Scope open(ContextSnapshot snapshot) {
        Opened opened = new Opened(); // made first: once values are set, it must be possible to remove them
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

    /** Whether any value is set. Most callers have none, and should not pay for a snapshot. */
    private boolean isAnythingSet() {
        List<ThreadLocalAccessor<?>> accessors = registry.getThreadLocalAccessors();
        for (int i = 0; i < accessors.size(); i++) { // an index, because an iterator would be an allocation
            ThreadLocalAccessor<?> accessor = accessors.get(i);
            if (LeftOut.isCarried(accessor.key()) && accessor.getValue() != null) {
                return true;
            }
        }
        return false;
    }
}
