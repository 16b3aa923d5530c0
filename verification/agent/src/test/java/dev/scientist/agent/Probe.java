package dev.scientist.agent;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Runs code in a context with a name, and tells the name of the one it is called in. The only class here that knows
 * OpenTelemetry, and only the JDK's types are seen of it: it may be loaded where the library cannot see it.
 */
public final class Probe implements BiConsumer<String, Callable<?>>, Supplier<String> {

    private static final ContextKey<String> NAME = ContextKey.named("name");

    /** For who loads it. */
    public Probe() {}

    @Override
    @SuppressWarnings("try") // for what it sets, nobody asks the scope
    public void accept(String name, Callable<?> code) {
        try (Scope scope = Context.root().with(NAME, name).makeCurrent()) {
            code.call();
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    @Override
    public String get() {
        return String.valueOf(Context.current().get(NAME));
    }
}
