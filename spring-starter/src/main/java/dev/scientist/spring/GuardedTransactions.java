package dev.scientist.spring;

import dev.scientist.Shadow;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;

/**
 * Makes every transaction that a shadow begins end in a rollback, whatever its resource is, so that nothing is
 * committed and no synchronization is told of a commit. It makes no transaction read-only.
 */
final class GuardedTransactions implements BeanPostProcessor {

    private static final TransactionExecutionListener LISTENER = new RollbackOnly();

    private final ExperimentsAhead experiments;

    GuardedTransactions(ExperimentsAhead experiments) {
        this.experiments = experiments;
    }

    @Override
    public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager && experiments.areToBeGuarded()) {
            manager.addListener(LISTENER);
        }
        return bean;
    }

    /** Marks transactions. It is not a bean, or Spring Boot would add it to its own managers a second time. */
    private static final class RollbackOnly implements TransactionExecutionListener {

        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            if (failure == null && !Shadow.mayWrite()) {
                transaction.setRollbackOnly();
            }
        }

        /**
         * Flushes the writes that a persistence context has kept for a commit that will not come. The data source
         * refuses them, and the refusal is noted; otherwise nobody would know of them.
         */
        @Override
        public void beforeRollback(TransactionExecution transaction) {
            if (Shadow.mayWrite() || transaction.isReadOnly() || !(transaction instanceof TransactionStatus status)) {
                return;
            }
            try {
                status.flush();
            } catch (RuntimeException refused) {
                // The refusal has been noted, and the transaction is rolled back in any case.
            }
        }
    }
}
