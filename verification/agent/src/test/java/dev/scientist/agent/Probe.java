package dev.scientist.agent;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Runs code in a context with a name, and returns the name of the current context. It is the only class here that uses
 * OpenTelemetry, and is used through the JDK's types only, because it may be loaded by a class loader that the library
 * does not see.
 */
public final class Probe implements BiConsumer<String, Callable<?>>, Supplier<String> {

    private static final ContextKey<String> NAME = ContextKey.named("name");

    /** Called by reflection. */
    public Probe() {}

    @Override
    @SuppressWarnings("try") // the scope is used for its effect only
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
