package dev.scientist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Combines all carriers of ambient context, found and added ones, into one. */
final class ContextCarriers {

    private static final Logger log = LoggerFactory.getLogger(ContextCarrier.class);

    private static final int MOST_FAILURES = 100; // chosen: more than there are libraries with a carrier

    private final ContextCarrier[] carriers;
    private @Nullable Combined nothing; // set by any thread and shared: the usual, empty capture

    ContextCarriers(List<ContextCarrier> added) {
        List<ContextCarrier> all = new ArrayList<>(found(ContextCarriers.class.getClassLoader()));
        all.addAll(added);
        this.carriers = all.toArray(new ContextCarrier[0]);
    }

    /**
     * Captures on the caller's thread; null if there are no carriers. The calling code must contain what a carrier
     * throws.
     */
    ContextCarrier.@Nullable Snapshot capture() {
        if (carriers.length == 0) {
            return null;
        }
        if (carriers.length == 1) {
            return carriers[0].capture();
        }
        Combined expected = nothing;
        if (expected == null) {
            return combined(new ContextCarrier.Snapshot[carriers.length], 0);
        }
        for (int i = 0; i < carriers.length; i++) {
            ContextCarrier.Snapshot snapshot = carriers[i].capture();
            if (snapshot != expected.snapshots[i]) {
                ContextCarrier.Snapshot[] snapshots = Arrays.copyOf(expected.snapshots, carriers.length);
                snapshots[i] = snapshot;
                return combined(snapshots, i + 1);
            }
        }
        return expected;
    }

    /** Captures from the carriers at the given index and after it, and combines the result. */
    private Combined combined(ContextCarrier.Snapshot[] snapshots, int from) {
        for (int i = from; i < snapshots.length; i++) {
            snapshots[i] = carriers[i].capture();
        }
        Combined combined = new Combined(snapshots);
        if (combined.isEmpty()) {
            nothing = combined;
        }
        return combined;
    }

    /** Tells all carriers that the scientist is closed. */
    void closed() {
        for (ContextCarrier carrier : carriers) {
            try {
                carrier.closed();
            } catch (Throwable thrown) {
                log.warn(
                        "a carrier of context failed while closing with {}",
                        thrown.getClass().getName());
            }
        }
    }

    /** The snapshots of several carriers. */
    private static final class Combined implements ContextCarrier.Snapshot {

        private final ContextCarrier.Snapshot[] snapshots;

        Combined(ContextCarrier.Snapshot[] snapshots) {
            this.snapshots = snapshots;
        }

        @Override
        public ContextCarrier.Scope open() {
            ContextCarrier.Scope[] scopes = new ContextCarrier.Scope[snapshots.length];
            ContextCarrier.Scope all = () -> closeAll(scopes, scopes.length); // created before any scope is open
            int open = 0;
            try {
                for (; open < scopes.length; open++) {
                    scopes[open] = snapshots[open].open();
                }
            } catch (Throwable thrown) {
                closeAll(scopes, open);
                throw thrown;
            }
            return all;
        }

        @Override
        public boolean isEmpty() {
            return Arrays.stream(snapshots).allMatch(ContextCarrier.Snapshot::isEmpty);
        }

        /** Returns the trace id of the first carrier that knows one. */
        @Override
        public @Nullable String traceId() {
            for (ContextCarrier.Snapshot snapshot : snapshots) {
                String traceId = snapshot.traceId();
                if (traceId != null) {
                    return traceId;
                }
            }
            return null;
        }
    }

    /** Closes all scopes in reverse order, even if one of them throws. */
    private static void closeAll(ContextCarrier.Scope[] scopes, int open) {
        if (open > 0) {
            try {
                scopes[open - 1].close();
            } finally {
                closeAll(scopes, open - 1);
            }
        }
    }

    static List<ContextCarrier> found(@Nullable ClassLoader loader) {
        List<ContextCarrier> found = new ArrayList<>();
        Iterator<ContextCarrier> providers =
                ServiceLoader.load(ContextCarrier.class, loader).iterator();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError absent) {
                failures++; // a broken class loader fails at the same place each time
                log.debug("context is not carried: {}", trouble(absent));
            }
        }
        log.warn("looking for carriers of context was given up after {} failures, found {}", failures, found.size());
        return found;
    }

    /**
     * Describes an error. If an optional library is absent it names only the package, because the error's own text
     * would look alarming.
     */
    static String trouble(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean isAbsent = root instanceof NoClassDefFoundError || root instanceof ClassNotFoundException;
        String type = String.valueOf(root.getMessage()).replace('/', '.');
        return isAbsent && type.contains(".")
                ? "the optional library " + type.substring(0, type.lastIndexOf('.')) + " is absent"
                : root.toString();
    }
}
