package dev.scientist.spring;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Outcome;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.comparators.DifferenceReport;
import dev.scientist.comparators.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the two values of each kind of disagreement, once in the log and at the endpoint, as {@code
 * scientist.show-values} asks for during development. A {@code @Secret} and what the application's own {@link Redactor}
 * hides stay hidden. Everything is hidden if the classes of the values are not known: in a snapshot of an experiment
 * without an annotated method, and in answers that hold values of an unknown class.
 *
 * <p>Threads: any. Invariant: a kind is in {@code seen} from its first line on. Consequence: there is one line above
 * DEBUG for each kind, and none after {@value #MOST_KINDS} kinds of one experiment.
 */
final class ShownValues implements TrialPublisher {

    private static final Logger log = LoggerFactory.getLogger(ShownValues.class);

    private static final int MOST_KINDS = 200; // the same as in the log without values
    private static final int MOST_EXAMPLES = 3;

    private final Redactor base;
    private final SharingCheck declared;
    private final ExperimentRegistry experiments;
    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

    /**
     * Creates the publisher, and warns that values are shown.
     *
     * @param base the application's own rules about what may be shown
     * @param declared knows the declared answers of methods
     */
    ShownValues(Redactor base, SharingCheck declared, ExperimentRegistry experiments) {
        this.base = base;
        this.declared = declared;
        this.experiments = experiments;
        log.warn(
                "scientist.show-values: log and endpoint show what both sides answer to whoever calls, except what is a"
                        + " @Secret or redacted; for development only");
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement();
    }

    @Override
    public void publish(Trial<?> trial) {
        for (Trial.Candidate<?> candidate : trial.disagreements()) {
            for (Difference difference : candidate.differences()) {
                if (isNew(trial.experiment(), candidate.name() + ' ' + difference.signature())) {
                    log.info(
                            "experiment {}: {}: {}",
                            trial.experiment(),
                            candidate.name(),
                            text(trial, candidate, difference));
                } else if (log.isDebugEnabled()) {
                    log.debug(
                            "experiment {}: {}: {}",
                            trial.experiment(),
                            candidate.name(),
                            text(trial, candidate, difference));
                }
            }
        }
    }

    @Override
    public void ended(Experiment<?> experiment) {
        seen.remove(experiment.name()); // for a later experiment of that name, every kind is new
    }

    private boolean isNew(String experiment, String kind) {
        Set<String> kinds = seen.computeIfAbsent(experiment, name -> ConcurrentHashMap.newKeySet());
        return kinds.size() < MOST_KINDS && kinds.add(kind);
    }

    /** Differences of one kind in some trials, with their values, one line each. */
    List<String> examples(String candidateName, String signature, List<Trial<?>> trials) {
        return trials.stream()
                .flatMap(trial -> trial.candidates().stream()
                        .filter(candidate -> candidate.name().equals(candidateName))
                        .flatMap(candidate -> candidate.differences().stream()
                                .filter(difference -> difference.signature().equals(signature))
                                .limit(1)
                                .map(difference -> text(trial, candidate, difference))))
                .limit(MOST_EXAMPLES)
                .toList();
    }

    private String text(Trial<?> trial, Trial.Candidate<?> candidate, Difference difference) {
        if (isLeftOut(difference.primary(), difference.primaryType())
                || isLeftOut(difference.candidate(), difference.candidateType())) {
            return difference + ": a cleaner leaves the values out";
        }
        Redactor redactor = redactor(trial, candidate);
        return DifferenceReport.of(List.of(difference), redactor).text()
                + message("primary", trial.primary(), redactor)
                + message(candidate.name(), candidate.outcome(), redactor);
    }

    private static boolean isLeftOut(@Nullable Object value, String type) {
        return value == null && !type.equals("null");
    }

    private static String message(String side, Outcome<?> outcome, Redactor redactor) {
        Throwable error = outcome.errorOrNull();
        if (error == null || error.getMessage() == null) {
            return "";
        }
        String message = String.valueOf(redactor.redact("", error.getMessage()));
        return "; " + side + " threw: " + message.lines().collect(Collectors.joining(" "));
    }

    private Redactor redactor(Trial<?> trial, Trial.Candidate<?> candidate) {
        DeclaredSharing sharing = declared.of(trial.experiment());
        Experiment<?> experiment = experiments.find(trial.experiment()).orElse(null);
        boolean isOfDocuments = experiment == null || experiment.options().snapshotFormat() != null;
        if (sharing == null && isOfDocuments) {
            return Redactor.hidingAll(); // a document does not tell which of its values were secrets
        }
        AnswerClasses classes = new AnswerClasses();
        if (sharing != null) {
            classes.add(sharing.answer().type());
        }
        classes.addValue(trial.primary().valueOrNull());
        classes.addValue(candidate.outcome().valueOrNull());
        if (!classes.sawAll()) {
            return Redactor.hidingAll(); // an unknown value may contain a secret
        }
        Redactor redactor = base;
        for (Class<?> type : classes.all()) {
            redactor = redactor.hidingSecretsOf(type);
        }
        return redactor;
    }
}
