package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * Carries ambient context (trace, security, locale) from the caller's thread to the candidate's. The MDC needs none: it is
 * carried by the library itself.
 *
 * <p>Carriers are found with {@link java.util.ServiceLoader}; those for Micrometer's context-propagation and
 * for OpenTelemetry come with this library and are active where those libraries are present. More can be added with {@link
 * Scientist.Builder#contextCarrier}.
 *
 * @since 0.1.0
 */
public interface ContextCarrier {

    /**
     * Captures the context of the current thread. Runs on the caller's thread for every trial; when it throws, the
     * candidate is not run. A value that can be changed is captured as a copy: by reference, a candidate could change what
     * its caller works with.
     */
    Snapshot capture();

    /**
     * Tells that a scientist with this carrier is closed: the moment to take back what was registered elsewhere. What this
     * throws is contained.
     */
    default void closed() {}

    /** Captured context, which may be opened on several threads. */
    interface Snapshot {

        /** Puts the captured context in place on the current thread. */
        Scope open();

        /**
         * Whether there was nothing to capture; false, the default, if there may have been. One object for all such calls makes
         * them cost nothing. It is opened all the same, so that a candidate does not find what others left.
         */
        default boolean isEmpty() {
            return false;
        }

        /**
         * The caller's trace id as text, for what is kept of a call; {@code null}, the default, if this carrier knows none.
         * Asked on the candidate's thread, where the context is in place. When it throws, there is none.
         */
        default @Nullable String traceId() {
            return null;
        }
    }

    /** Captured context in place on a thread. */
    interface Scope extends AutoCloseable {

        /** Restores what was there before. On the thread that opened the scope. */
        @Override
        void close();
    }
}
