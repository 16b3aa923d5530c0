package dev.scientist;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one side of a trial: it returned, threw, timed out or was cancelled.
 *
 * <p>The {@code toString()} of an outcome never shows the value. It names only the type, so an outcome can be logged.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public sealed interface Outcome<T> {

    /** Returns which of the four kinds this is, for an exhaustive {@code switch}. */
    Kind kind();

    /** Returns how long the side ran, measured with a monotonic clock. */
    Duration elapsed();

    /** Returns the answer, or {@code null} if this side did not return. A side may also have returned {@code null}. */
    default @Nullable T valueOrNull() {
        return null;
    }

    /** Returns the throwable that was thrown, or {@code null} if this side did not throw. */
    default @Nullable Throwable errorOrNull() {
        return null;
    }

    /** Returns whether the side returned an answer, {@code null} included. */
    default boolean isReturned() {
        return kind() == Kind.RETURNED;
    }

    /** The kinds of outcomes. The set is closed. */
    enum Kind {
        /** The side returned an answer. */
        RETURNED("returned"),
        /** The side threw. */
        THREW("threw"),
        /** The side missed its deadline. */
        TIMED_OUT("timed_out"),
        /** The side was cancelled before it ended. */
        CANCELLED("cancelled");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** Returns the value of the {@code outcome} tag in metrics, in lower snake case. */
        public String tag() {
            return tag;
        }
    }

    /**
     * The side returned.
     *
     * @param value the answer, {@code null} included
     * @param elapsed how long it took
     */
    record Returned<T>(@Nullable T value, Duration elapsed) implements Outcome<T> {
        @Override
        public Kind kind() {
            return Kind.RETURNED;
        }

        @Override
        public @Nullable T valueOrNull() {
            return value;
        }

        @Override
        public String toString() {
            return "returned " + Difference.typeName(value) + " after " + elapsed;
        }
    }

    /**
     * The side threw.
     *
     * @param error the throwable object itself, not wrapped
     * @param elapsed how long it took
     */
    record Threw<T>(Throwable error, Duration elapsed) implements Outcome<T> {
        @Override
        public Kind kind() {
            return Kind.THREW;
        }

        @Override
        public Throwable errorOrNull() {
            return error;
        }

        @Override
        public String toString() {
            return "threw " + Difference.typeName(error) + " after " + elapsed;
        }
    }

    /**
     * The side missed its deadline. Only a candidate has a deadline.
     *
     * @param elapsed how long it had run when it was given up; the deadline or up to some milliseconds more
     */
    record TimedOut<T>(Duration elapsed) implements Outcome<T> {
        @Override
        public Kind kind() {
            return Kind.TIMED_OUT;
        }

        @Override
        public String toString() {
            return "timed out after " + elapsed;
        }
    }

    /**
     * The side was cancelled: the caller cancelled its asynchronous call, or the {@link Scientist} was closed.
     *
     * @param elapsed how long it had run
     */
    record Cancelled<T>(Duration elapsed) implements Outcome<T> {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }

        @Override
        public String toString() {
            return "cancelled after " + elapsed;
        }
    }
}
