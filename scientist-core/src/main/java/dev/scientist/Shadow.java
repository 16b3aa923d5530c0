package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * The mark "I am a shadow": set on a thread while a candidate runs there.
 *
 * <p>A candidate can read it to leave out what must happen once only. An experiment that is called under the mark
 * does not start a candidate of its own; its call is {@link Verdict.Reason#NESTED}. The mark travels with a
 * candidate's own threads only if something carries it there: Micrometer's context-propagation does where it is
 * present, otherwise {@link #enter}.
 *
 * @since 0.1.0
 */
public final class Shadow {

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private Shadow() {}

    /** Whether the current thread runs a candidate. */
    public static boolean isActive() {
        return CURRENT.get() != null;
    }

    /** The name of the experiment whose candidate the current thread runs, or {@code null}. */
    public static @Nullable String experiment() {
        return CURRENT.get();
    }

    /**
     * Sets the mark on the current thread, for a thread that works on behalf of a candidate.
     *
     * @param experiment the name of the experiment; not blank
     * @return closes on the same thread and restores what was there before
     */
    public static Scope enter(String experiment) {
        String before = CURRENT.get();
        CURRENT.set(Checks.text(experiment, "experiment"));
        return () -> restore(before);
    }

    /**
     * Puts back what {@link #experiment()} once said, for libraries that carry context from thread to thread.
     *
     * @param experiment the name of the experiment; {@code null} takes the mark away
     */
    public static void restore(@Nullable String experiment) {
        if (experiment == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(experiment);
        }
    }

    /** The mark in place on a thread, until closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Restores the mark that was there before. */
        @Override
        void close();
    }
}
