package dev.scientist.spring;

import dev.scientist.Shadow;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;

/**
 * Lets every transaction that a shadow begins end in a rollback, whatever it is of, so that nothing is committed and nobody
 * is told that it was. Makes nothing read-only by itself.
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

    /** No bean, or Spring Boot would add it to its own managers once more. */
    private static final class RollbackOnly implements TransactionExecutionListener {

        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            if (failure == null && !Shadow.mayWrite()) {
                transaction.setRollbackOnly();
            }
        }

        /**
         * Writes what a persistence context has kept back for the commit that does not come, which the data source then
         * refuses: otherwise nobody would know of it.
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
