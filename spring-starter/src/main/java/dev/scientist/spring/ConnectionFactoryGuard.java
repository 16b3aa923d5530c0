package dev.scientist.spring;

import dev.scientist.Shadow;
import io.r2dbc.spi.Connection;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Gives shadows connections that refuse to write, and everybody else the factory's own connections. Who asks is decided
 * at subscription: by the Reactor context of a candidate, or by the mark of its thread.
 */
final class ConnectionFactoryGuard implements MethodInterceptor {

    // The key under which dev.scientist.reactor puts the mark of a candidate into the Reactor context.
    private static final String SHADOW = "dev.scientist.shadow";

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object made = call.proceed();
        boolean isReplaceable =
                made instanceof Publisher && call.getMethod().getReturnType().isAssignableFrom(Mono.class);
        return isReplaceable ? guarded((Publisher<?>) made) : made;
    }

    private static Mono<?> guarded(Publisher<?> connections) {
        return Mono.deferContextual(context -> {
            Mono<?> connection = Mono.fromDirect(connections);
            Shadow shadow = shadowOf(context);
            return shadow == null || as(shadow, Shadow::mayWrite)
                    ? connection
                    : connection.map(own -> GuardedReactiveConnection.of((Connection) own, shadow));
        });
    }

    private static @Nullable Shadow shadowOf(ContextView context) {
        Shadow carried = context.getOrDefault(SHADOW, null);
        return carried == null ? Shadow.current() : carried;
    }

    /** Asks a question under the mark of a candidate, which the current thread need not carry. */
    static <V> V as(Shadow shadow, Supplier<V> question) {
        Shadow.Scope mark = shadow.enter();
        try {
            return question.get();
        } finally {
            mark.close();
        }
    }
}
