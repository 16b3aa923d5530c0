package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the caller's MDC, SLF4J's logging context. It is set wherever work of a call is done, so that log lines
 * written there can be traced to the request. A failure of the MDC is counted and never prevents that work.
 */
final class Mdc {

    /**
     * The MDC that was on the thread before.
     *
     * @param isKnown whether that could be read; otherwise nothing was changed
     */
    record Scope(@Nullable Map<String, String> before, boolean isKnown, Hooks hooks) implements AutoCloseable {

        /** Restores it, whatever is there now. Must be called on the thread that opened the scope; never throws. */
        @Override
        public void close() {
            if (isKnown) {
                put(before == null ? Map.of() : before, hooks);
            }
        }
    }

    private Mdc() {}

    /** Returns an unchanging copy of the current thread's MDC. An empty copy costs nothing. */
    static Map<String, String> capture() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null || copy.isEmpty() ? Map.of() : copy;
    }

    /** Sets entries on the current thread until the scope is closed. Throws only if memory or stack has run out. */
    static Scope enter(Map<String, String> entries, Hooks hooks) {
        Map<String, String> before = null;
        boolean isKnown = false;
        try {
            before = MDC.getCopyOfContextMap();
            isKnown = true;
        } catch (Throwable thrown) {
            hooks.failed(Hook.CONTEXT, thrown);
        }
        Scope scope = new Scope(before, isKnown, hooks); // created first: what is set must be restored
        if (isKnown) {
            put(entries, hooks);
        }
        return scope;
    }

    /** Sets entries within a scope, replacing those that are there. Never throws. */
    static void put(Map<String, String> entries, Hooks hooks) {
        try {
            if (entries.isEmpty()) {
                MDC.clear();
            } else {
                MDC.setContextMap(entries);
            }
        } catch (Throwable thrown) {
            hooks.failed(Hook.CONTEXT, thrown);
        }
    }
}
