package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Runs experiments on {@code Mono} and {@code Flux}.
 *
 * <p>Each subscription is a call. The subscriber gets the primary's signals, on the primary's threads, as if the
 * experiment were not there. The candidate is subscribed to on a thread of the {@link dev.scientist.Scientist},
 * with the subscriber's Reactor {@code Context}; it is cancelled when it is late, and when the subscriber cancels
 * the primary, which is then uncompared (cancelled). An empty {@code Mono} is an answer: {@code null}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // of an optional library: whoever calls this has it
public final class ReactorExperiments {

    /** How many elements of a {@code Flux} are kept for comparing unless the call says otherwise. */
    public static final int DEFAULT_MAX_ELEMENTS = 1_000;

    private ReactorExperiments() {}

    /**
     * Runs a {@code Mono}.
     *
     * @param experiment has one candidate
     * @param primary what is in service
     * @param candidate what is to replace it
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <T> Mono<T> run(Experiment<T> experiment, Mono<T> primary, Mono<? extends T> candidate) {
        requireSingle(experiment);
        requireNonNull(candidate, "candidate");
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<T, T>liftPublisher((source, subscriber) ->
                        ObservedSubscriber.observe(subscriber, experiment, candidate, new SingleAnswer<>())));
    }

    /**
     * Runs a {@code Flux} of at most {@link #DEFAULT_MAX_ELEMENTS} elements, compared as a list.
     *
     * @see #run(Experiment, Flux, Flux, int)
     */
    public static <E> Flux<E> run(Experiment<List<E>> experiment, Flux<E> primary, Flux<? extends E> candidate) {
        return run(experiment, primary, candidate, DEFAULT_MAX_ELEMENTS);
    }

    /**
     * Runs a {@code Flux}, whose elements are compared as a list once it is complete. Elements flow on as they come, so a
     * snapshot of the list comes too late for elements that the subscriber changes: use immutable elements.
     *
     * @param experiment has one candidate
     * @param primary what is in service
     * @param candidate what is to replace it
     * @param maxElements how many elements are kept, at least 1; a longer primary is uncompared (cancelled), and
     *     its candidate is cancelled
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates, or maxElements is less than 1
     */
    public static <E> Flux<E> run(
            Experiment<List<E>> experiment, Flux<E> primary, Flux<? extends E> candidate, int maxElements) {
        requireSingle(experiment);
        requireNonNull(candidate, "candidate");
        if (maxElements < 1) {
            throw new IllegalArgumentException("maxElements must be at least 1 but was " + maxElements);
        }
        // One element more than is kept, so that a longer candidate is seen to be longer.
        Mono<List<E>> collected =
                candidate.take(maxElements + 1L).<E>map(element -> element).collectList();
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<E, E>liftPublisher((source, subscriber) ->
                        ObservedSubscriber.observe(subscriber, experiment, collected, new ListAnswer<>(maxElements))));
    }

    private static void requireSingle(Experiment<?> experiment) {
        if (requireNonNull(experiment, "experiment").candidates().size() != 1) {
            throw new IllegalArgumentException("experiment \"" + experiment.name()
                    + "\" must have one candidate to run reactively but has " + experiment.candidates());
        }
    }
}
