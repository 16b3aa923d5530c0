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
 * Suspends the caller's transaction while a candidate runs on the caller's thread, so that the candidate never joins
 * it. That can only happen where candidates are started with {@code SAME_THREAD}; the threads of a {@link
 * dev.scientist.Scientist} have no transaction.
 */
final class CallersTransaction {

    private static final boolean IS_PRESENT = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            CallersTransaction.class.getClassLoader());

    private CallersTransaction() {}

    /** Does some work outside of the caller's transaction; returns or throws what the work returns or throws. */
    static @Nullable Object without(Implementation<?, ?> work) throws Throwable {
        return IS_PRESENT ? Suspension.without(work) : work.call();
    }

    /**
     * Does what a transaction manager does for {@code NOT_SUPPORTED}, for all transaction managers at once. This nested
     * class is the only code here that needs spring-tx.
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
            // SUPPORTS without a transaction still has synchronization, and may have a connection bound to it.
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
                suspended++; // a synchronization that fails here is resumed, too
                synchronization.suspend(); // may unbind resources of its own
            }
            for (Object key : List.copyOf(
                    TransactionSynchronizationManager.getResourceMap().keySet())) {
                resources.put(key, TransactionSynchronizationManager.unbindResource(key));
            }
            TransactionSynchronizationManager.clear();
        }

        private void resume() {
            TransactionSynchronizationManager.clear(); // the candidate may have left something
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
