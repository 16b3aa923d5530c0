package dev.scientist.samples.markdown;

import dev.scientist.decision.Decision;
import java.time.Duration;
import java.util.List;

/**
 * What the run came to; all three reports are written from it.
 *
 * @param arguments what was asked for
 * @param elapsed how long the calls took
 * @param parts the three experiments, in the order in which they ran
 * @param latencies of all parts together
 * @param trail the mismatch rate of the generated documents as the run went on
 * @param decision whether the candidate may serve its first callers, by the generated documents
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

    /** The key of the part that is a sample; the others are the whole of what they stand for. */
    static final String DOCUMENTS = "documents";

    /** How sure the bounds are. */
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

    /** Bounds for the rate among all documents that could have been generated. */
    MismatchBounds documentBounds() {
        Verdicts verdicts = part(DOCUMENTS).verdicts();
        return bounds(verdicts.compared(), verdicts.bad());
    }

    /** Bounds that hold together with {@link #CONFIDENCE}: each end gets half of what is left to chance. */
    static MismatchBounds bounds(long compared, long bad) {
        return MismatchBounds.of(compared, bad, (1 - CONFIDENCE) / 2);
    }
}
