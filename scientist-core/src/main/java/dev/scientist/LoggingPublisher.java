package dev.scientist;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each new kind of disagreement once at WARN, and repetitions at DEBUG. It logs path, kind and types, never a
 * value: {@code experiment pricing.quote: candidate rewrite: mismatched, changed /total [java.lang.String]; trace
 * 4bf92f35}. At DEBUG it also logs what a side threw, with the message.
 *
 * <p>Its memory is bounded: after {@link #MOST_SIGNATURES} kinds for one experiment, further ones are logged only at
 * DEBUG.
 */
final class LoggingPublisher implements TrialPublisher {

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);
    private static final int MOST_SIGNATURES = 200; // chosen: nobody reads more kinds of difference in a log

    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement();
    }

    @Override
    public void publish(Trial<?> trial) {
        for (Trial.Candidate<?> candidate : trial.disagreements()) {
            for (Difference difference : candidate.differences()) {
                report(trial, candidate, difference);
            }
            if (log.isDebugEnabled()) {
                tellError(trial, candidate, "primary", trial.primary());
                tellError(trial, candidate, whose(candidate), candidate.outcome());
            }
        }
    }

    @Override
    public void ended(Experiment<?> experiment) {
        seen.remove(experiment.name()); // differences of another experiment with this name are new
    }

    private static void tellError(Trial<?> trial, Trial.Candidate<?> candidate, String side, Outcome<?> outcome) {
        Throwable error = outcome.errorOrNull();
        if (error != null) {
            log.debug(
                    "experiment {}: {}, {} threw {}",
                    trial.experiment(),
                    candidate.verdict().tag(),
                    side,
                    ErrorText.of(error));
        }
    }

    private void report(Trial<?> trial, Trial.Candidate<?> candidate, Difference difference) {
        String signature = difference.signature();
        Set<String> known = seen.computeIfAbsent(trial.experiment(), name -> ConcurrentHashMap.newKeySet());
        boolean isNew = known.size() < MOST_SIGNATURES
                && known.add(candidate.name() + ' ' + candidate.verdict().tag() + ' ' + signature);
        if (isNew) {
            log.warn(
                    "experiment {}: {}: {}, {}{}{}; further ones of this kind are counted and logged at DEBUG",
                    trial.experiment(),
                    whose(candidate),
                    candidate.verdict().tag(),
                    signature,
                    trace(trial),
                    difference.hint() == null ? "" : "; " + difference.hint());
        } else {
            log.debug(
                    "experiment {}: {}: {}, {}{}",
                    trial.experiment(),
                    whose(candidate),
                    candidate.verdict().tag(),
                    signature,
                    trace(trial));
        }
    }

    /** Returns the trace id, if a carrier knows it. The MDC is set here too, so a log pattern can show its entries. */
    private static String trace(Trial<?> trial) {
        return trial.traceId() == null ? "" : "; trace " + trial.traceId();
    }

    private static String whose(Trial.Candidate<?> candidate) {
        String name = candidate.name();
        return name.equals("candidate") ? name : "candidate " + name; // the default name, which needs no explanation
    }
}
