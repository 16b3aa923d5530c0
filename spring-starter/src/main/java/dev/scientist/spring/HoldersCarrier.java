package dev.scientist.spring;

import dev.scientist.ContextCarrier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Carries nothing, but restores what Spring keeps by thread, whatever a candidate leaves there: the request, and
 * transactions with their resources. The locale and the security context have carriers of their own that do the same.
 */
final class HoldersCarrier implements ContextCarrier {

    private static final boolean HAS_REQUESTS =
            isPresent("org.springframework.web.context.request.RequestContextHolder");
    private static final boolean HAS_TRANSACTIONS =
            isPresent("org.springframework.transaction.support.TransactionSynchronizationManager");

    private static final Scope NOTHING = () -> {};

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, HoldersCarrier.class.getClassLoader());
    }

    @Override
    public Snapshot capture() {
        return HoldersCarrier::open;
    }

    private static Scope open() {
        Scope requests = HAS_REQUESTS ? Requests.remember() : NOTHING;
        Scope transactions = HAS_TRANSACTIONS ? new Transactions() : NOTHING;
        return () -> {
            try {
                transactions.close();
            } finally {
                requests.close();
            }
        };
    }

    /** Restores the request; needs spring-web. */
    private static final class Requests {

        private Requests() {}

        static Scope remember() {
            RequestAttributes before = RequestContextHolder.getRequestAttributes();
            return () -> {
                if (RequestContextHolder.getRequestAttributes() != before) {
                    RequestContextHolder.setRequestAttributes(before);
                }
            };
        }
    }

    /** Restores transactions and their resources; needs spring-tx. */
    private static final class Transactions implements Scope {
        private final boolean isSynchronized = TransactionSynchronizationManager.isSynchronizationActive();
        private final boolean isActive = TransactionSynchronizationManager.isActualTransactionActive();
        private final boolean isReadOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
        private final @Nullable String name = TransactionSynchronizationManager.getCurrentTransactionName();
        private final @Nullable Integer isolation =
                TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        private final Map<Object, Object> resources =
                new LinkedHashMap<>(TransactionSynchronizationManager.getResourceMap());

        @Override
        public void close() {
            if (!isSynchronized && TransactionSynchronizationManager.isSynchronizationActive()) {
                TransactionSynchronizationManager.clearSynchronization();
            }
            TransactionSynchronizationManager.setActualTransactionActive(isActive);
            TransactionSynchronizationManager.setCurrentTransactionReadOnly(isReadOnly);
            TransactionSynchronizationManager.setCurrentTransactionName(name);
            TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(isolation);
            for (Object key : List.copyOf(
                    TransactionSynchronizationManager.getResourceMap().keySet())) {
                if (!resources.containsKey(key)) {
                    TransactionSynchronizationManager.unbindResource(key);
                }
            }
            resources.forEach((key, resource) -> {
                if (TransactionSynchronizationManager.getResource(key) != resource) {
                    TransactionSynchronizationManager.unbindResourceIfPossible(key);
                    TransactionSynchronizationManager.bindResource(key, resource);
                }
            });
        }
    }
}
