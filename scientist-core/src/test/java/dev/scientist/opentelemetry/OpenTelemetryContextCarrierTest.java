package dev.scientist.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ContextCarrier;
import dev.scientist.Experiment;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("promise-10")
class OpenTelemetryContextCarrierTest {

    private static final ContextKey<String> CALL = ContextKey.named("call");
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @AutoClose
    private final Scientist scientist = TestScientists.builder(new FakeTicker()).build();

    private final BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);
    private final OpenTelemetryContextCarrier carrier = new OpenTelemetryContextCarrier();

    private boolean tell() {
        return seen.add("in " + Context.current().get(CALL));
    }

    private String told() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }

    @Test
    @SuppressWarnings("try") // for what it sets, nobody asks the scope
    @DisplayName("Promise 10: the trace reaches the candidate and is gone afterwards")
    void theContextReachesTheCandidateAndIsGoneAfterwards() throws InterruptedException {
        Experiment<Boolean> experiment = scientist.experiment("experiment");

        try (Scope scope = Context.root().with(CALL, "one").makeCurrent()) {
            experiment.run(() -> true, this::tell);
        }
        String inside = told();
        experiment.run(() -> true, this::tell);
        String outside = told();

        assertThat(inside).isEqualTo("in one");
        assertThat(outside).isEqualTo("in null");
    }

    @Test
    @SuppressWarnings({"MustBeClosedChecker", "try"}) // a candidate may forget to close it
    @DisplayName("Promise 10: a scope that a candidate forgets is gone afterwards")
    void whatTheCandidateLeavesOpenIsGoneAfterwards() {
        Context before = Context.current();

        ContextCarrier.Scope scope = carrier.capture().open();
        Context.root().with(CALL, "forgotten").makeCurrent();
        scope.close();
        Context afterNothing = Context.current();
        ContextCarrier.Snapshot snapshot;
        try (Scope caller = Context.root().with(CALL, "one").makeCurrent()) {
            snapshot = carrier.capture();
        }
        scope = snapshot.open();
        Context.root().with(CALL, "forgotten").makeCurrent();
        scope.close();

        assertThat(afterNothing).isSameAs(before);
        assertThat(Context.current()).isSameAs(before);
    }

    @Test
    @SuppressWarnings("try") // for what it sets, nobody asks the scope
    void theTraceIdIsThatOfTheCallersSpan() {
        Span span = Span.wrap(
                SpanContext.create(TRACE_ID, "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault()));
        String outside = carrier.capture().traceId();

        ContextCarrier.Snapshot snapshot;
        try (Scope scope = span.makeCurrent()) {
            snapshot = carrier.capture();
        }

        assertThat(snapshot.traceId()).isEqualTo(TRACE_ID);
        assertThat(outside).isNull();
    }

    @Test
    void whereNothingIsCurrentNothingIsAllocated() {
        assertThat(carrier.capture()).isSameAs(carrier.capture());
    }
}
