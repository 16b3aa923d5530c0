package dev.scientist.spring;

import dev.scientist.Implementation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Takes the caller's transaction off the thread while a candidate runs there: a candidate never joins it. There is one
 * only where candidates are started on the caller's own thread, {@code SAME_THREAD}; the threads of a {@link
 * dev.scientist.Scientist} have none.
 */
final class CallersTransaction {

    private static final boolean IS_PRESENT = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            CallersTransaction.class.getClassLoader());

    private CallersTransaction() {}

    /** Does some work outside of the transaction, and passes on what comes of it. */
    static @Nullable Object without(Implementation<?, ?> work) throws Throwable {
        return IS_PRESENT ? Suspension.without(work) : work.call();
    }

    /**
     * What a transaction manager does for {@code NOT_SUPPORTED}, for all managers there are. Needs spring-tx, as nothing
     * else here does.
     */
    private static final class Suspension {
        private final @Nullable String name = TransactionSynchronizationManager.getCurrentTransactionName();
        private final boolean isReadOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
        private final @Nullable Integer isolation =
                TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        private final boolean isActive = TransactionSynchronizationManager.isActualTransactionActive();
        private final boolean isSynchronized = TransactionSynchronizationManager.isSynchronizationActive();
        private final List<TransactionSynchronization> synchronizations =
                isSynchronized ? TransactionSynchronizationManager.getSynchronizations() : List.of();
        private final Map<Object, Object> resources = new LinkedHashMap<>();
        private int suspended;

        static @Nullable Object without(Implementation<?, ?> work) throws Throwable {
            // Without a transaction there may still be synchronization, and a connection bound to it (SUPPORTS).
            if (!TransactionSynchronizationManager.isActualTransactionActive()
                    && !TransactionSynchronizationManager.isSynchronizationActive()) {
                return work.call();
            }
            Suspension suspension = new Suspension();
            try {
                suspension.suspend();
                return work.call();
            } finally {
                suspension.resume();
            }
        }

        private void suspend() {
            for (TransactionSynchronization synchronization : synchronizations) {
                suspended++; // also one that fails at it is resumed
                synchronization.suspend(); // which may unbind resources of its own
            }
            for (Object key : List.copyOf(
                    TransactionSynchronizationManager.getResourceMap().keySet())) {
                resources.put(key, TransactionSynchronizationManager.unbindResource(key));
            }
            TransactionSynchronizationManager.clear();
        }

        private void resume() {
            TransactionSynchronizationManager.clear(); // in case the candidate left something
            resources.forEach((key, resource) -> {
                TransactionSynchronizationManager.unbindResourceIfPossible(key);
                TransactionSynchronizationManager.bindResource(key, resource);
            });
            TransactionSynchronizationManager.setActualTransactionActive(isActive);
            TransactionSynchronizationManager.setCurrentTransactionName(name);
            TransactionSynchronizationManager.setCurrentTransactionReadOnly(isReadOnly);
            TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(isolation);
            if (!isSynchronized) {
                return;
            }
            TransactionSynchronizationManager.initSynchronization();
            synchronizations.stream().limit(suspended).forEach(TransactionSynchronization::resume);
            synchronizations.forEach(TransactionSynchronizationManager::registerSynchronization);
        }
    }
}
