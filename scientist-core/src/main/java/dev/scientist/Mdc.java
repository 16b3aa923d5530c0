package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the caller's log lines carry, as text: SLF4J's MDC. It is put in place wherever work of a call is done, so that what
 * is logged there leads to the request. A trouble with it is counted and keeps nothing from being done.
 */
final class Mdc {

    /**
     * What was on the thread before.
     *
     * @param isKnown whether that could be told; otherwise nothing was changed
     */
    record Scope(@Nullable Map<String, String> before, boolean isKnown, Hooks hooks) implements AutoCloseable {

        /** Puts it back, whatever is there now. On the thread that opened the scope; never throws. */
        @Override
        public void close() {
            if (isKnown) {
                put(before == null ? Map.of() : before, hooks);
            }
        }
    }

    private Mdc() {}

    /** A copy of what the current thread has, which is not changed any more. An empty one costs nothing. */
    static Map<String, String> capture() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null || copy.isEmpty() ? Map.of() : copy;
    }

    /** Puts entries in place on the current thread, until closed. Throws only where the memory or the stack has run out. */
    static Scope enter(Map<String, String> entries, Hooks hooks) {
        Map<String, String> before = null;
        boolean isKnown = false;
        try {
            before = MDC.getCopyOfContextMap();
            isKnown = true;
        } catch (Throwable thrown) {
            hooks.failed(Hook.CONTEXT, thrown);
        }
        Scope scope = new Scope(before, isKnown, hooks); // first: what is put in place must be taken away
        if (isKnown) {
            put(entries, hooks);
        }
        return scope;
    }

    /** Puts entries in place within a scope, in place of what has been left there. Never throws. */
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
