package dev.scientist.spring;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions of a resource that is a text, bound to the thread as a connection would be. */
@SuppressWarnings("serial")
final class TestTransactions extends AbstractPlatformTransactionManager {

    static final String KEY = "connection";

    private transient boolean failsAtCommit;

    /** Lets every commit fail from now on. */
    void failAtCommit() {
        failsAtCommit = true;
    }

    @Override
    protected Object doGetTransaction() {
        return KEY;
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return TransactionSynchronizationManager.hasResource(KEY);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        TransactionSynchronizationManager.bindResource(KEY, "of " + definition.getName());
    }

    @Override
    protected Object doSuspend(Object transaction) {
        return TransactionSynchronizationManager.unbindResource(KEY);
    }

    @Override
    protected void doResume(Object transaction, Object suspended) {
        TransactionSynchronizationManager.bindResource(KEY, suspended);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (failsAtCommit) {
            throw new TransactionSystemException("commit failed");
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        // There is nothing to undo.
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        // There is nothing to undo.
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        TransactionSynchronizationManager.unbindResource(KEY);
    }
}
