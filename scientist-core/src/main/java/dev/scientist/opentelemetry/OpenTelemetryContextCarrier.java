package dev.scientist.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.scientist.ContextCarrier;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Carries OpenTelemetry's context, which holds trace and baggage, and tells the trace id. Found by
 * {@link java.util.ServiceLoader}; active where the application has {@code io.opentelemetry:opentelemetry-api}, with or
 * without an agent.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryContextCarrier implements ContextCarrier {

    private final Captured nothing = new Captured(Context.root());

    /** For the service loader. */
    public OpenTelemetryContextCarrier() {
        requireNonNull(
                Span.getInvalid(),
                "span"); // fails here, and not at each call, where only half of the library is present
    }

    @Override
    public Snapshot capture() {
        Context context = Context.current();
        return context == nothing.context() ? nothing : new Captured(context);
    }

    private record Captured(Context context) implements Snapshot {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // who opens this closes it
        public Scope open() {
            Placed placed = new Placed(); // first: what is made current must be taken away
            placed.scope = context.makeCurrent();
            placed.context = Context.current(); // under an agent not the same object
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

    /** A context that is current, until closed. */
    private static final class Placed implements Scope {
        private io.opentelemetry.context.@Nullable Scope scope;
        private @Nullable Context context;

        /** A scope that is not the innermost one does not close, so one that the candidate left open would stay for ever. */
        @Override
        @SuppressWarnings("MustBeClosedChecker") // what is put back is what the scope then closes
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
