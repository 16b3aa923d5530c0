package dev.scientist.samples.markdown;

import dev.scientist.decision.Decision;
import java.time.Duration;
import java.util.List;

/**
 * The results of the run, from which all three reports are written.
 *
 * @param arguments the options of the run
 * @param elapsed how long the calls took
 * @param parts the three experiments, in the order in which they ran
 * @param latencies the latencies of all parts together
 * @param trail the mismatch rate of the generated documents in the course of the run
 * @param decision whether the candidate may serve its first callers, judged by the generated documents
 * @param groups the disagreements by their cause, the most frequent first
 */
record Report(
        Arguments arguments,
        Duration elapsed,
        List<Part> parts,
        Latencies latencies,
        List<RatePoint> trail,
        Decision decision,
        List<DifferenceGroup> groups) {

    /** The key of the part with generated documents, which are a sample. The other parts are complete. */
    static final String DOCUMENTS = "documents";

    /** The confidence of the bounds. */
    static final double CONFIDENCE = 0.99;

    long calls() {
        return parts.stream().mapToLong(Part::calls).sum();
    }

    Verdicts verdicts() {
        return parts.stream().map(Part::verdicts).reduce(Verdicts::plus).orElseThrow();
    }

    Part part(String key) {
        return parts.stream().filter(part -> part.key().equals(key)).findFirst().orElseThrow();
    }

    /** The bounds of the rate among all documents that could have been generated. */
    MismatchBounds documentBounds() {
        Verdicts verdicts = part(DOCUMENTS).verdicts();
        return bounds(verdicts.compared(), verdicts.bad());
    }

    /** Bounds that are both valid with {@link #CONFIDENCE}: each one gets half of the probability of error. */
    static MismatchBounds bounds(long compared, long bad) {
        return MismatchBounds.of(compared, bad, (1 - CONFIDENCE) / 2);
    }
}
