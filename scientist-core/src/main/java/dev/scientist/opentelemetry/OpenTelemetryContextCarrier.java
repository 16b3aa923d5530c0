package dev.scientist.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.scientist.ContextCarrier;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Carries OpenTelemetry's context, which holds trace and baggage, and provides the trace id. Found by
 * {@link java.util.ServiceLoader}; active where the application has {@code io.opentelemetry:opentelemetry-api}, with or
 * without an agent.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryContextCarrier implements ContextCarrier {

    private final Captured nothing = new Captured(Context.root());

    /** Called by the service loader. */
    public OpenTelemetryContextCarrier() {
        // If only a part of the library is present, this fails once here instead of at each call.
        requireNonNull(Span.getInvalid(), "span");
    }

    @Override
    public Snapshot capture() {
        Context context = Context.current();
        return context == nothing.context() ? nothing : new Captured(context);
    }

    private record Captured(Context context) implements Snapshot {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // closed by the returned scope
        public Scope open() {
            Placed placed = new Placed(); // made first: once a context is current, it must be possible to remove it
            placed.scope = context.makeCurrent();
            placed.context = Context.current(); // under an agent this is another object
            return placed;
        }

        @Override
        public boolean isEmpty() {
            return context == Context.root();
        }

        @Override
        public @Nullable String traceId() {
            SpanContext caller = Span.fromContext(context).getSpanContext();
            return caller.isValid() ? caller.getTraceId() : null;
        }
    }

    /** A context that is current until this is closed. */
    private static final class Placed implements Scope {
        private io.opentelemetry.context.@Nullable Scope scope;
        private @Nullable Context context;

        /**
         * Closes the scope. OpenTelemetry ignores the close of a scope whose context is not current, which is so if the
         * candidate left a scope of its own open; therefore the context is made current again first.
         */
        @Override
        @SuppressWarnings("MustBeClosedChecker") // the scope closes the context that is made current again
        public void close() {
            if (context != null && Context.current() != context) {
                context.makeCurrent();
            }
            if (scope != null) {
                scope.close();
            }
        }
    }
}
