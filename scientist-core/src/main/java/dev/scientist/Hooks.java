package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contains the failures of the hooks of one experiment: counts each failure, and warns once for each kind of hook, for
 * each publisher, and for each problem that is not an exception, up to a limit.
 *
 * <p>Threads: any. Invariant: each entry of {@code warned} was added by exactly one thread. Consequence: each problem
 * is warned of once, however many threads fail at the same time.
 */
final class Hooks {

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);
    private static final int FRAMES = 3;
    private static final int CAUSES = 3;
    private static final int MOST_WARNINGS = 100; // chosen: varying sentences must not fill the memory

    private final String experiment;
    private final Tally tally;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Set<String> withheld = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String unlogged;

    Hooks(String experiment, Tally tally) {
        this.experiment = experiment;
        this.tally = tally;
    }

    /** Records that a hook threw, for a hook of which an experiment has only one. Never throws. */
    void failed(Hook hook, Throwable error) {
        failed(hook, hook.tag(), error);
    }

    /**
     * Records that a hook threw. Never throws.
     *
     * @param who the name of the hook, one of a few; each is warned of once
     */
    void failed(Hook hook, String who, Throwable error) {
        try {
            tally.hookFailed(hook);
            if (error instanceof VirtualMachineError
                    && !Thread.currentThread().getName().startsWith(Workers.PREFIX)) {
                unlogged = who; // a logger that runs out of stack here would never release its locks
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
            // The logger or the throwable failed while the failure was being reported. The failure has been counted,
            // unless memory or stack ran out before.
        }
    }

    /**
     * Records a problem that is not an exception. Never throws.
     *
     * @param what a sentence, which should be one of a few; each is warned of once
     */
    void failed(Hook hook, String what) {
        try {
            tally.hookFailed(hook);
        } catch (Throwable exhausted) {
            return; // out of memory or stack, and logging may fail for the same reason
        }
        warn(what);
    }

    /**
     * Warns of a failure that was not logged on a caller's thread, because that thread was out of memory or stack.
     * Called on a thread of the library.
     */
    void tellUnlogged() {
        String who = unlogged;
        if (who != null) {
            unlogged = null;
            warn(who + " failed since memory or stack ran out on a caller's thread");
        }
    }

    /**
     * Warns if a candidate threw a VirtualMachineError, once for each class and without its message. Anything else that
     * a candidate throws is a normal outcome. Never throws, even if memory has run out.
     */
    void candidateThrew(Throwable error) {
        if (error instanceof VirtualMachineError) {
            try {
                warn("the candidate threw a " + error.getClass().getName()
                        + "; it counts as the candidate's failure, and nothing else ends by it");
            } catch (Throwable broken) {
                // Out of memory. The outcome is counted in any case.
            }
        }
    }

    /**
     * Warns of an argument that candidates do not get, once for each class. Never throws, and allocates nothing after
     * the warning.
     *
     * @param type the class of a value in the argument that shares something with the caller
     */
    void withheldArgument(Class<?> type) {
        try {
            if (!withheld.contains(type.getName()) && withheld.size() < MOST_WARNINGS && withheld.add(type.getName())) {
                warn("an argument " + Sharing.of(type).sentence(type) + "; no candidate is given it, and such calls are"
                        + " skipped as unsafe: pass what shares nothing, or add an argumentCopier for it");
            }
        } catch (Throwable broken) {
            // Out of memory or stack. The call is skipped in any case.
        }
    }

    /**
     * Warns of a problem that is not counted as a failure. Never throws.
     *
     * @param what a sentence, which should be one of a few; each is warned of once
     */
    void warn(String what) {
        try {
            if (warned.size() < MOST_WARNINGS && warned.add(what)) {
                log.warn("experiment {}: {}; further ones are counted and logged at DEBUG", experiment, what);
            } else {
                log.debug("experiment {}: {}", experiment, what);
            }
        } catch (Throwable broken) {
            // The logger failed, or memory or stack ran out.
        }
    }

    /**
     * Returns the classes of an error and its causes. The message may quote a value, so it is shown only for an
     * {@link UncomparableException}, which promises to quote none.
     */
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

    /** Returns where an error was thrown; empty for an {@link UncomparableException}, whose message is enough. */
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
