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
 * Gives shadows connections that refuse to write, and everybody else what the factory makes. Who subscribes is known when
 * he does: by the Reactor context of a candidate, or by its thread.
 */
final class ConnectionFactoryGuard implements MethodInterceptor {

    // Where the reactor room of core puts the mark of a candidate.
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

    /** Asks under the mark of a candidate, which this thread need not carry. */
    static <V> V as(Shadow shadow, Supplier<V> question) {
        Shadow.Scope mark = shadow.enter();
        try {
            return question.get();
        } finally {
            mark.close();
        }
    }
}
