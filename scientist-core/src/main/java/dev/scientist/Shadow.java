package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Verdict.Reason;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mark "I am a shadow", one for each run of a candidate, in place on a thread while the candidate runs there.
 *
 * <p>A candidate can read it to leave out what must happen once only. An experiment that is called under the mark
 * does not start a candidate of its own; its call is {@link Verdict.Reason#NESTED}. Guards around what a candidate could
 * write with ask {@link #mayWrite()}, and tell the run by {@link #effectRefused()} what they refused.
 *
 * <p>The mark travels with a candidate's own threads only if something carries it there: Micrometer's
 * context-propagation does where it is present, otherwise {@link #current()} and {@link #enter()}.
 *
 * <p>Threads: any may read a mark and tell it of refusals. Invariant: a mark never changes. Consequence: it may be in place
 * on several threads at once.
 *
 * @since 0.1.0
 */
public final class Shadow {

    /** Hears what was refused to one run. */
    interface Run {

        /** Was refused something; {@code reason} is one of {@link Verdict#UNCOMPARED}. */
        void refused(Reason reason);

        /** Whom to tell how many nanoseconds a caller waited for what this run holds some of; null for nobody. */
        default @Nullable LongConsumer callersWait() {
            return null;
        }
    }

    private static final ThreadLocal<@Nullable Shadow> CURRENT = new ThreadLocal<>();
    private static final Run NOBODY = reason -> {};
    // No shadow, but in the way of experiments: what compares and publishes may use what is under experiment.
    private static final Shadow HOOK = new Shadow("", Effects.ALLOWED, NOBODY);

    private final String experiment;
    private final Effects effects;
    private final Run run;

    private Shadow(String experiment, Effects effects, Run run) {
        this.experiment = experiment;
        this.effects = effects;
        this.run = run;
    }

    /** Whether the current thread runs a candidate. */
    public static boolean isActive() {
        Shadow mark = CURRENT.get();
        return mark != null && !isHook(mark);
    }

    /** The name of the experiment whose candidate the current thread runs, or {@code null}. */
    public static @Nullable String experiment() {
        Shadow mark = CURRENT.get();
        return mark == null || isHook(mark) ? null : mark.experiment;
    }

    /**
     * The mark in place on the current thread, to {@link #enter() put it in place} elsewhere; null where there is none. While
     * a comparator or a publisher runs there is one too, which is no shadow's and starts no experiment either.
     */
    public static @Nullable Shadow current() {
        return CURRENT.get();
    }

    /**
     * Whether the current thread may write: true where it runs no candidate, or one whose experiment says {@link
     * Effects#ALLOWED}. For guards around what a candidate could write with; one that says no calls {@link
     * #effectRefused()}.
     */
    public static boolean mayWrite() {
        Shadow mark = CURRENT.get();
        return mark == null || mark.effects == Effects.ALLOWED;
    }

    /**
     * Notes that the candidate of the current thread tried to write and was refused: its call is {@link
     * Verdict.Reason#EFFECT_REFUSED}, whatever the candidate makes of the refusal. Without a candidate nothing happens.
     */
    public static void effectRefused() {
        refused(Reason.EFFECT_REFUSED);
    }

    /**
     * Notes that there was no place for the candidate of the current thread in its share of a pool: its call is {@link
     * Verdict.Reason#POOL}, whatever the candidate makes of it. Without a candidate nothing happens.
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
     * Sets a mark on the current thread, for a thread that works on behalf of a candidate of which only the name is known. It
     * may not write, and nobody hears of what it is refused; where there is a {@link #current() mark}, carry that one.
     *
     * @param experiment the name of the experiment; not blank
     * @return closes on the same thread and restores what was there before
     */
    public static Scope enter(String experiment) {
        return new Shadow(Checks.text(experiment, "experiment"), Effects.READ_ONLY, NOBODY).enter();
    }

    /**
     * Sets this mark on the current thread, for a thread that works on behalf of the candidate it belongs to.
     *
     * @return closes on the same thread and restores what was there before
     */
    public Scope enter() {
        Shadow before = CURRENT.get();
        Scope scope = () -> put(before); // first: a mark that nobody could take away would stay on the thread for good
        CURRENT.set(this);
        return scope;
    }

    /**
     * Puts back what {@link #current()} once said, for libraries that carry context from thread to thread.
     *
     * @param mark {@code null} takes the mark away
     */
    public static void restore(@Nullable Shadow mark) {
        put(mark);
    }

    /**
     * Whom to tell how many nanoseconds a caller has waited for a resource, such as a connection, of which the run of this mark
     * holds some; null where nobody wants to know, which is unless its experiment is {@link
     * ExperimentOptions.Sampling#ADAPTIVE}. For guards around such a resource. What is returned may be called on any thread,
     * returns at once and throws nothing.
     */
    public @Nullable LongConsumer callersWait() {
        return run.callersWait();
    }

    /** Sets the mark of one run on the current thread. */
    static Scope enter(String experiment, Effects effects, Run run) {
        return new Shadow(experiment, effects, requireNonNull(run, "run")).enter();
    }

    /** Runs a hook, such as a publisher, that must start no experiment. */
    static void hook(Runnable hook) {
        hook(() -> {
            hook.run();
            return true;
        });
    }

    /** Asks a hook, such as a guard, that must start no experiment. */
    static <V> V hook(Supplier<V> hook) {
        Scope mark = HOOK.enter();
        try {
            return hook.get();
        } finally {
            mark.close();
        }
    }

    /** Sets the mark of hooks on the current thread; what was there before, to be {@link #restore restored}. */
    static @Nullable Shadow enterHook() {
        Shadow before = CURRENT.get();
        CURRENT.set(HOOK);
        return before;
    }

    /** Whether an experiment called on the current thread starts no candidate: it runs one already, or a hook. */
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

    @SuppressWarnings("ReferenceEquality") // there is one
    private static boolean isHook(Shadow mark) {
        return mark == HOOK;
    }

    @Override
    public String toString() {
        return isHook(this) ? "a hook" : "a shadow of " + experiment;
    }

    /** The mark in place on a thread, until closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Restores the mark that was there before. */
        @Override
        void close();
    }
}
