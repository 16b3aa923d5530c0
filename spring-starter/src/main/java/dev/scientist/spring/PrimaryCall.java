package dev.scientist.spring;

import dev.scientist.Implementation;
import dev.scientist.Operation;
import java.lang.reflect.Method;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;
import org.springframework.aop.framework.ReflectiveMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * Runs the primary of one call, which is the method with the advice inside the annotation's: once for the caller, and
 * once more on a copy of the arguments if the experiment replicates it.
 *
 * @param invocation the caller's own invocation; only the caller proceeds with it, because it
 *     counts how far it has come
 * @param <R> the declared return type of the method
 */
record PrimaryCall<R>(MethodInvocation invocation)
        implements Implementation<R, Throwable>, Operation<@Nullable Object[], R, Throwable> {

    /** Runs the primary for the caller. */
    @Override
    @SuppressWarnings("unchecked") // the method declares this type
    public @Nullable R call() throws Throwable {
        return (@Nullable R) invocation.proceed();
    }

    /** Runs the primary once more, on another thread and outside of the caller's transaction. */
    @Override
    @SuppressWarnings("unchecked") // the method declares this type
    public @Nullable R apply(@Nullable Object[] arguments) throws Throwable {
        return (@Nullable R) CallersTransaction.without(() -> again(arguments));
    }

    private @Nullable Object again(@Nullable Object[] arguments) throws Throwable {
        if (!(invocation instanceof ProxyMethodInvocation proxied)
                || !(proxied.getProxy() instanceof Advised advised)) {
            throw new IllegalStateException("the proxy of " + Signature.of(invocation.getMethod())
                    + " does not tell its advice, so nothing runs again");
        }
        TargetSource source = advised.getTargetSource();
        Object target = source.getTarget();
        Class<?> type = target == null ? null : target.getClass();
        Method method = invocation.getMethod();
        try {
            // It is exposed like the caller's own invocation, because advice may ask for the
            // current invocation of its thread.
            return ExposeInvocationInterceptor.INSTANCE.invoke(new Invocation(
                    proxied.getProxy(), target, method, arguments, type, furtherIn(advised, method, type)));
        } finally {
            if (target != null && !source.isStatic()) {
                source.releaseTarget(target);
            }
        }
    }

    /** The advice that comes after the annotation's. */
    private static List<Object> furtherIn(Advised advised, Method method, @Nullable Class<?> type) {
        List<Object> chain =
                DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(advised, method, type);
        int here = 0;
        while (!(chain.get(here) instanceof ParallelRunInterceptor)) {
            here++;
        }
        return chain.subList(here + 1, chain.size());
    }

    /**
     * A new invocation, and not a clone of the caller's, because clones share the attributes in which
     * advice keeps its bound arguments.
     */
    private static final class Invocation extends ReflectiveMethodInvocation {
        Invocation(
                Object proxy,
                @Nullable Object target,
                Method method,
                @Nullable Object[] arguments,
                @Nullable Class<?> type,
                List<Object> advice) {
            super(proxy, target, method, arguments, type, advice);
        }
    }
}
