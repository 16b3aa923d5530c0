package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contains what goes wrong in the hooks of one experiment: counts each failure, and warns once for each kind of hook, for
 * each publisher, and for each trouble that is not an exception, up to a limit.
 *
 * <p>Threads: any. Invariant: what {@code warned} holds was put there by one thread only. Consequence: one warning for each,
 * however many threads fail at once.
 */
final class Hooks {

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);
    private static final int FRAMES = 3;
    private static final int CAUSES = 3;
    private static final int MOST_WARNINGS = 100; // chosen: a sentence with a number in it must not fill the memory

    private final String experiment;
    private final Tally tally;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Set<String> withheld = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String unlogged;

    Hooks(String experiment, Tally tally) {
        this.experiment = experiment;
        this.tally = tally;
    }

    /** Records that a hook threw of which the experiment has one. Never throws. */
    void failed(Hook hook, Throwable error) {
        failed(hook, hook.tag(), error);
    }

    /**
     * Records that a hook threw. Never throws.
     *
     * @param who one of a few names; each is warned of once
     */
    void failed(Hook hook, String who, Throwable error) {
        try {
            tally.hookFailed(hook);
            if (error instanceof VirtualMachineError
                    && !Thread.currentThread().getName().startsWith(Workers.PREFIX)) {
                unlogged = who; // a logger whose stack ends here too would keep its locks for ever
            } else if (warned.add(who)) {
                log.warn(
                        "experiment {}: {} failed{}; further failures are counted and logged at DEBUG",
                        experiment,
                        who,
                        reason(error) + place(error));
            } else if (log.isDebugEnabled()) {
                log.debug("experiment {}: {} failed{}", experiment, who, reason(error));
            }
        } catch (Throwable broken) {
            // A logger or a throwable that fails while it is being reported; the failure is counted already, short of
            // the
            // memory's or the stack's end.
        }
    }

    /**
     * Records a trouble that is not an exception. Never throws.
     *
     * @param what one of a few sentences, if those who say them keep their word; each is warned of once
     */
    void failed(Hook hook, String what) {
        try {
            tally.hookFailed(hook);
        } catch (Throwable exhausted) {
            return; // the memory or the stack has run out, and may do so again
        }
        warn(what);
    }

    /** Tells of what the virtual machine's own trouble kept a caller from telling. On a thread of the library's. */
    void tellUnlogged() {
        String who = unlogged;
        if (who != null) {
            unlogged = null;
            warn(who + " failed since memory or stack ran out on a caller's thread");
        }
    }

    /**
     * Tells of a virtual machine's trouble in a candidate, once for each class and without its message; anything else that a
     * candidate throws is an outcome like any other. Never throws, and allocates nothing where memory is gone.
     */
    void candidateThrew(Throwable error) {
        if (error instanceof VirtualMachineError) {
            try {
                warn("the candidate threw a " + error.getClass().getName()
                        + "; it counts as the candidate's failure, and nothing else ends by it");
            } catch (Throwable broken) {
                // The memory is gone indeed; the outcome is counted in any case.
            }
        }
    }

    /**
     * Tells of an argument that no candidate is given, once for each class. Never throws, and allocates nothing once told.
     *
     * @param type the class of a value in it that shares something with the caller
     */
    void withheldArgument(Class<?> type) {
        try {
            if (!withheld.contains(type.getName()) && withheld.size() < MOST_WARNINGS && withheld.add(type.getName())) {
                warn("an argument " + Sharing.of(type).sentence(type) + "; no candidate is given it, and such calls are"
                        + " skipped as unsafe: pass what shares nothing, or add an argumentCopier for it");
            }
        } catch (Throwable broken) {
            // The memory or the stack has run out; the call is skipped in any case.
        }
    }

    /** Tells of what is neither a failure nor right. Never throws; {@code what} as above. */
    void warn(String what) {
        try {
            if (warned.size() < MOST_WARNINGS && warned.add(what)) {
                log.warn("experiment {}: {}; further ones are counted and logged at DEBUG", experiment, what);
            } else {
                log.debug("experiment {}: {}", experiment, what);
            }
        } catch (Throwable broken) {
            // As above.
        }
    }

    /** Classes, and no message, which may quote a value, unless it is promised to quote none. */
    private static String reason(Throwable error) {
        boolean isPromised = error instanceof UncomparableException;
        StringBuilder text = new StringBuilder(
                isPromised
                        ? ": " + error.getMessage()
                        : " with " + error.getClass().getName());
        Throwable cause = error.getCause();
        for (int i = 1; i < CAUSES && cause != null; i++) {
            text.append(" caused by ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** Where an error comes from; nothing of one whose message says what is in the way. */
    private static String place(Throwable error) {
        return error instanceof UncomparableException
                ? ""
                : " at "
                        + Arrays.stream(error.getStackTrace())
                                .limit(FRAMES)
                                .map(StackTraceElement::toString)
                                .toList();
    }
}
