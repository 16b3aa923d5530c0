package dev.scientist.spring;

import dev.scientist.Operation;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Gives an experiment the candidate of a call, to be run outside of the caller's transaction. */
final class CandidateSide {

    private final Candidate candidate;
    // The operation of a candidate in another bean, the same for every call; null if it is in the primary's bean.
    private final @Nullable Operation<@Nullable Object[], Object, Throwable> ofAnotherBean;

    CandidateSide(Candidate candidate, boolean isOfPrimarysBean) {
        this.candidate = (self, arguments) -> CallersTransaction.without(() -> candidate.call(self, arguments));
        this.ofAnotherBean = isOfPrimarysBean ? null : arguments -> this.candidate.call(this, arguments);
    }

    /**
     * The operation that answers a call from its arguments. It keeps nothing of the call but the bean that was called.
     */
    Operation<@Nullable Object[], Object, Throwable> of(MethodInvocation call) {
        if (ofAnotherBean != null) {
            return ofAnotherBean;
        }
        Object self = call instanceof ProxyMethodInvocation proxied ? proxied.getProxy() : call.getThis();
        return arguments -> candidate.call(self, arguments);
    }
}
