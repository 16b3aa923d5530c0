package dev.scientist;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each new kind of disagreement once, at WARN; repetitions at DEBUG. Path, kind and types, never a value:
 * {@code experiment pricing.quote: candidate rewrite: mismatched, changed /total [java.lang.String]}.
 *
 * <p>Bounded: after {@link #MOST_SIGNATURES} kinds for one experiment the rest is only logged at DEBUG.
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
                report(trial, candidate, difference.signature());
            }
        }
    }

    @Override
    public void ended(Experiment<?> experiment) {
        seen.remove(experiment.name()); // what another one of the name finds is new
    }

    private void report(Trial<?> trial, Trial.Candidate<?> candidate, String signature) {
        Set<String> known = seen.computeIfAbsent(trial.experiment(), name -> ConcurrentHashMap.newKeySet());
        boolean isNew = known.size() < MOST_SIGNATURES
                && known.add(candidate.name() + ' ' + candidate.verdict().tag() + ' ' + signature);
        if (isNew) {
            log.warn(
                    "experiment {}: {}: {}, {}; further ones of this kind are counted and logged at DEBUG",
                    trial.experiment(),
                    whose(candidate),
                    candidate.verdict().tag(),
                    signature);
        } else {
            log.debug(
                    "experiment {}: {}: {}, {}",
                    trial.experiment(),
                    whose(candidate),
                    candidate.verdict().tag(),
                    signature);
        }
    }

    private static String whose(Trial.Candidate<?> candidate) {
        String name = candidate.name();
        return name.equals("candidate") ? name : "candidate " + name; // the only one, unless it was named
    }
}
