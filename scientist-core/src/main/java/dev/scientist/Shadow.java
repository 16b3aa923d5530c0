package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Verdict.Reason;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread-bound mark that says that a candidate runs on this thread as a shadow. Each run of a candidate has its own
 * mark.
 *
 * <p>A candidate can read the mark to leave out actions that must happen only once. An experiment that is called while
 * the mark is set does not start a candidate; its call is {@link Verdict.Reason#NESTED}. Guards around resources with
 * which a candidate could write ask {@link #mayWrite()}, and report a refused write by {@link #effectRefused()}.
 *
 * <p>Threads that the candidate starts have the mark only if it is carried to them. Micrometer's context-propagation
 * does that if it is present; otherwise use {@link #current()} and {@link #enter()}.
 *
 * <p>Threads: any thread may read a mark and report refusals to it. Invariant: a mark never changes. Consequence: it
 * may be set on several threads at once.
 *
 * @since 0.1.0
 */
public final class Shadow {

    /** The run to which a mark belongs. It is told what was refused. */
    interface Run {

        /** Records that something was refused to the run; {@code reason} is one of {@link Verdict#UNCOMPARED}. */
        void refused(Reason reason);

        /**
         * Returns the consumer of the nanoseconds that a caller waited for a resource of which this run holds a part;
         * null if nobody wants to know.
         */
        default @Nullable LongConsumer callersWait() {
            return null;
        }
    }

    private static final ThreadLocal<@Nullable Shadow> CURRENT = new ThreadLocal<>();
    private static final Run NOBODY = reason -> {};
    // The mark of hooks. It is no shadow's, but experiments start no candidates under it: a comparator or a publisher
    // may call code that is under experiment.
    private static final Shadow HOOK = new Shadow("", Effects.ALLOWED, NOBODY);

    private final String experiment;
    private final Effects effects;
    private final Run run;

    private Shadow(String experiment, Effects effects, Run run) {
        this.experiment = experiment;
        this.effects = effects;
        this.run = run;
    }

    /** Returns whether the current thread runs a candidate. */
    public static boolean isActive() {
        Shadow mark = CURRENT.get();
        return mark != null && !isHook(mark);
    }

    /** Returns the name of the experiment whose candidate the current thread runs, or {@code null}. */
    public static @Nullable String experiment() {
        Shadow mark = CURRENT.get();
        return mark == null || isHook(mark) ? null : mark.experiment;
    }

    /**
     * Returns the mark set on the current thread, so that it can be {@link #enter() set} on another one; null if there
     * is none. A mark is also set while a comparator or a publisher runs. It is no shadow's, but experiments start no
     * candidates under it either.
     */
    public static @Nullable Shadow current() {
        return CURRENT.get();
    }

    /**
     * Returns whether the current thread may write: it runs no candidate, or its experiment says
     * {@link Effects#ALLOWED}. This is for guards around resources with which a candidate could write. A guard that
     * refuses a write calls {@link #effectRefused()}.
     */
    public static boolean mayWrite() {
        Shadow mark = CURRENT.get();
        return mark == null || mark.effects == Effects.ALLOWED;
    }

    /**
     * Records that the candidate of the current thread tried to write and was refused. Its call is
     * {@link Verdict.Reason#EFFECT_REFUSED}, whatever the candidate does after the refusal. If the thread runs no
     * candidate, nothing happens.
     */
    public static void effectRefused() {
        refused(Reason.EFFECT_REFUSED);
    }

    /**
     * Records that the candidate of the current thread found no free place in its share of a pool. Its call is
     * {@link Verdict.Reason#POOL}, whatever the candidate does after that. If the thread runs no candidate, nothing
     * happens.
     */
    public static void noPlaceInPool() {
        refused(Reason.POOL);
    }

    private static void refused(Reason reason) {
        Shadow mark = CURRENT.get();
        if (mark != null) {
            mark.run.refused(reason);
        }
    }

    /**
     * Sets a new mark on the current thread, for a thread that works on behalf of a candidate if only the experiment's
     * name is known. The thread may not write, and refusals are not reported to any run. If there is a
     * {@link #current() mark}, carry that one instead.
     *
     * @param experiment the name of the experiment; not blank
     * @return a scope to be closed on the same thread; closing it restores the mark that was there before
     */
    public static Scope enter(String experiment) {
        return new Shadow(Checks.text(experiment, "experiment"), Effects.READ_ONLY, NOBODY).enter();
    }

    /**
     * Sets this mark on the current thread, for a thread that works on behalf of the candidate to which the mark
     * belongs.
     *
     * @return a scope to be closed on the same thread; closing it restores the mark that was there before
     */
    public Scope enter() {
        Shadow before = CURRENT.get();
        Scope scope = () -> put(before); // created first: without it nobody could remove the mark again
        CURRENT.set(this);
        return scope;
    }

    /**
     * Sets the mark to what {@link #current()} returned earlier, for libraries that carry context from thread to
     * thread.
     *
     * @param mark the mark to set; {@code null} removes the mark
     */
    public static void restore(@Nullable Shadow mark) {
        put(mark);
    }

    /**
     * Returns a consumer to be told how many nanoseconds a caller has waited for a resource, such as a connection,
     * while the run of this mark held one. It is null unless the experiment is
     * {@link ExperimentOptions.Sampling#ADAPTIVE}. This is for guards around such resources. The consumer may be called
     * on any thread, returns at once and throws nothing.
     */
    public @Nullable LongConsumer callersWait() {
        return run.callersWait();
    }

    /** Sets the mark of one run on the current thread. */
    static Scope enter(String experiment, Effects effects, Run run) {
        return new Shadow(experiment, effects, requireNonNull(run, "run")).enter();
    }

    /** Runs a hook, such as a publisher, under the mark of hooks, so that it starts no candidates. */
    static void hook(Runnable hook) {
        hook(() -> {
            hook.run();
            return true;
        });
    }

    /** Asks a hook, such as a guard, under the mark of hooks, so that it starts no candidates. */
    static <V> V hook(Supplier<V> hook) {
        Scope mark = HOOK.enter();
        try {
            return hook.get();
        } finally {
            mark.close();
        }
    }

    /**
     * Sets the mark of hooks on the current thread. Returns the mark that was there before, to be
     * {@link #restore restored}.
     */
    static @Nullable Shadow enterHook() {
        Shadow before = CURRENT.get();
        CURRENT.set(HOOK);
        return before;
    }

    /**
     * Whether the current thread runs a candidate or a hook, so that an experiment called on it starts no candidate.
     */
    static boolean isInTheWay() {
        return CURRENT.get() != null;
    }

    private static void put(@Nullable Shadow mark) {
        if (mark == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(mark);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the mark of hooks is a single object
    private static boolean isHook(Shadow mark) {
        return mark == HOOK;
    }

    @Override
    public String toString() {
        return isHook(this) ? "a hook" : "a shadow of " + experiment;
    }

    /** Keeps a mark on a thread until closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Restores the mark that was there before. */
        @Override
        void close();
    }
}
