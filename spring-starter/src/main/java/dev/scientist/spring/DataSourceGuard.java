package dev.scientist.spring;

import dev.scientist.Shadow;
import dev.scientist.jdbc.ShadowDataSource;
import java.sql.SQLException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * Gives shadows their connections from the guard, and everybody else those of the data source itself.
 *
 * <p>Threads: any. Invariant: {@code isMirrored} goes from false to true. Consequence: the fields of the target are
 * copied to the proxy after the first connection, because pools are created then, and perhaps once more by a thread
 * that has not seen the flag yet.
 */
final class DataSourceGuard implements MethodInterceptor {

    private final ShadowDataSource guard;
    private volatile boolean isMirrored;

    /**
     * Creates the advice of a data source.
     *
     * @param guard the guard around the same data source
     */
    DataSourceGuard(ShadowDataSource guard) {
        this.guard = guard;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object result = Shadow.isActive() ? inShadow(call) : forCaller(call);
        if (!isMirrored) {
            mirror(call);
        }
        return result;
    }

    private @Nullable Object forCaller(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("getConnection")
                ? guard.<Object, Throwable>whileCallerWaits(call::proceed)
                : call.proceed();
    }

    private void mirror(MethodInvocation call) {
        Object target = call.getThis();
        if (target != null && call instanceof ProxyMethodInvocation own) {
            GuardProxies.mirror(target, own.getProxy());
        }
        isMirrored = true;
    }

    private @Nullable Object inShadow(MethodInvocation call) throws Throwable {
        @Nullable Object[] arguments = call.getArguments();
        String name = call.getMethod().getName();
        if (name.equals("getConnection") && arguments.length == 0) {
            return guard.getConnection();
        }
        if (name.equals("getConnection")
                && arguments.length == 2
                && arguments[0] instanceof String user
                && arguments[1] instanceof String password) {
            return guard.getConnection(user, password);
        }
        if (name.equals("unwrap") && arguments.length == 1 && arguments[0] instanceof Class<?> type) {
            Object proxy = call instanceof ProxyMethodInvocation own ? own.getProxy() : guard;
            return type.isInstance(proxy) ? proxy : guard.unwrap(type);
        }
        if (Shadow.mayWrite()) {
            return call.proceed();
        }
        Shadow.effectRefused();
        throw new SQLException(
                "the candidate of experiment \"" + Shadow.experiment() + "\" may only read, and gets connections by"
                        + " getConnection() alone, so this was refused: " + name,
                "25006");
    }
}
