package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contains what goes wrong in the hooks of one experiment: counts each failure, and warns once for each kind of hook,
 * and once for each trouble that is not an exception.
 *
 * <p>Threads: any. Invariant: a bit of {@code warned}, or a sentence of {@code said}, is set by one thread only.
 * Consequence: one warning for each, however many threads fail at once.
 */
final class Hooks {

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);
    private static final int FRAMES = 3;
    private static final int CAUSES = 3;

    private final String experiment;
    private final Tally tally;
    private final AtomicLong warned = new AtomicLong();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Hooks(String experiment, Tally tally) {
        this.experiment = experiment;
        this.tally = tally;
    }

    /** Records that a hook threw. Never throws. */
    void failed(Hook hook, Throwable error) {
        tally.hookFailed(hook);
        Fatal.note(error);
        try {
            // Classes and the place, never a message: it may quote a value.
            if (isFirst(hook)) {
                log.warn(
                        "experiment {}: {} failed with {} at {}; further failures are counted and logged at DEBUG",
                        experiment,
                        hook.tag(),
                        classes(error),
                        place(error));
            } else if (log.isDebugEnabled()) {
                log.debug("experiment {}: {} failed with {}", experiment, hook.tag(), classes(error));
            }
        } catch (Throwable broken) {
            // A logger or a throwable that fails while it is being reported; the failure is counted already.
        }
    }

    /**
     * Records a trouble that is not an exception. Never throws.
     *
     * @param what one of a few sentences; each is warned of once
     */
    void failed(Hook hook, String what) {
        tally.hookFailed(hook);
        try {
            if (said.add(what)) {
                log.warn("experiment {}: {}; further ones are counted and logged at DEBUG", experiment, what);
            } else {
                log.debug("experiment {}: {}", experiment, what);
            }
        } catch (Throwable broken) {
            // As above.
        }
    }

    @SuppressWarnings("EnumOrdinal") // a bit of this instance, never stored
    private boolean isFirst(Hook hook) {
        long bit = 1L << hook.ordinal();
        return (warned.getAndUpdate(bits -> bits | bit) & bit) == 0;
    }

    private static String classes(Throwable error) {
        StringBuilder text = new StringBuilder(error.getClass().getName());
        Throwable cause = error.getCause();
        for (int i = 1; i < CAUSES && cause != null; i++) {
            text.append(" caused by ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String place(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .toList()
                .toString();
    }
}
