package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * Carries ambient context (trace, security, locale) from the caller's thread to the candidate's. The MDC needs no
 * carrier, because the library carries it itself.
 *
 * <p>Carriers are found with {@link java.util.ServiceLoader}. Carriers for Micrometer's context-propagation and for
 * OpenTelemetry come with this library and are active if those libraries are present. More can be added with
 * {@link Scientist.Builder#contextCarrier}.
 *
 * @since 0.1.0
 */
public interface ContextCarrier {

    /**
     * Captures the context of the current thread. It runs on the caller's thread for every trial; when it throws, the
     * candidate is not run. A mutable value must be captured as a copy, or the candidate could change a value that its
     * caller uses.
     */
    Snapshot capture();

    /**
     * Tells that a scientist with this carrier is closed, so that the carrier can undo registrations elsewhere.
     * Exceptions from this method are contained.
     */
    default void closed() {}

    /** Captured context, which may be opened on several threads. */
    interface Snapshot {

        /** Sets the captured context on the current thread. */
        Scope open();

        /**
         * Returns whether there was nothing to capture; the default is false, which means that there may have been. If
         * a carrier returns the same object for all empty captures, those cost nothing. An empty snapshot is opened
         * too, so that a candidate does not find context left by others.
         */
        default boolean isEmpty() {
            return false;
        }

        /**
         * Returns the caller's trace id as text, to be kept with the trial; {@code null}, the default, if this carrier
         * knows none. It is called on the candidate's thread while the context is set there. When it throws, the trial
         * has no trace id.
         */
        default @Nullable String traceId() {
            return null;
        }
    }

    /** Keeps captured context on a thread until closed. */
    interface Scope extends AutoCloseable {

        /** Restores the context that was there before. It is called on the thread that opened the scope. */
        @Override
        void close();
    }
}
