package dev.scientist.spring;

import dev.scientist.spring.ExperimentDetails.Candidate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the bean and the method that an annotation made the candidate of an experiment. */
final class AnnotatedCandidates {

    private final Map<String, Candidate> byExperiment = new ConcurrentHashMap<>();

    /** Remembers the candidate that an annotation gave an experiment; of several annotations, that of the first. */
    void remember(String experiment, Candidate candidate) {
        byExperiment.putIfAbsent(experiment, candidate);
    }

    /** Forgets the candidate of an experiment that has ended. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    /** The candidate that an annotation gave an experiment; null for an experiment that code declared. */
    @Nullable
    Candidate of(String experiment) {
        return byExperiment.get(experiment);
    }
}
