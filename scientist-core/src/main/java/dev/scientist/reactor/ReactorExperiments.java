package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Runs experiments on {@code Mono} and {@code Flux}.
 *
 * <p>Each subscription is a call. The subscriber gets the primary's signals, on the primary's threads, as if the
 * experiment were not there. The candidate is subscribed to on a thread of the {@link dev.scientist.Scientist},
 * with the subscriber's Reactor {@code Context}, but for what is the subscriber's own there: transactions and sessions, the
 * web exchange, and the hooks of operators such as {@code onErrorContinue} and {@code doOnDiscard}. It is cancelled when it
 * is late, and when the subscriber cancels the primary, which is then uncompared (cancelled), and its permit returns then.
 * What a candidate shares with others it protects from that itself, for example by {@code Mono.fromFuture(shared, true)}.
 * An empty {@code Mono} is an answer: {@code null}.
 *
 * <p>With a {@link dev.scientist.ExperimentOptions.Builder#replicateRate} the primary is subscribed to a second time, as the
 * candidate is, and cancelled at its deadline.
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
    @SuppressWarnings("NullAway") // no argument is null, which A allows and NullAway does not see
    public static <T> Mono<T> run(Experiment<T> experiment, Mono<T> primary, Mono<? extends T> candidate) {
        requireNonNull(candidate, "candidate");
        return run(experiment, UnaryOperator.identity(), null, primary, nothing -> candidate);
    }

    /**
     * Runs a {@code Mono} whose candidate is made of an argument, as a described call.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it, for example {@link Experiment.Call#keyFrom} and
     *     {@link Experiment.Call#attributesFrom}, and returns it; at each subscription, on the subscriber's thread.
     *     What it throws does not reach the subscriber; the call is then {@link
     *     dev.scientist.Verdict.Reason#NOT_SAMPLED}
     * @param argument copied as for {@link Experiment.Call#asyncCandidate(Object, Operation)} at each subscription
     *     whose candidate is going to be started
     * @param primary what is in service
     * @param candidate makes what is to replace it, of the copy, on a thread of the {@link
     *     dev.scientist.Scientist}
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <A extends @Nullable Object, T> Mono<T> run(
            Experiment<T> experiment,
            UnaryOperator<Experiment.Call<T>> description,
            A argument,
            Mono<T> primary,
            Function<? super A, ? extends Mono<? extends T>> candidate) {
        requireNonNull(primary, "primary");
        return run(experiment, description, argument, primary, copy -> primary, candidate);
    }

    /**
     * Runs a {@code Mono} like {@link #run(Experiment, UnaryOperator, Object, Mono, Function)}, where the primary cannot
     * simply be subscribed to twice.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it
     * @param argument copied for the candidate, and for the second run of the primary
     * @param primary what is in service
     * @param again makes the primary once more, of a copy, where {@link
     *     dev.scientist.ExperimentOptions.Builder#replicateRate} has it run a second time; on a thread of the {@link
     *     dev.scientist.Scientist}
     * @param candidate makes what is to replace it, of the copy
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <A extends @Nullable Object, T> Mono<T> run(
            Experiment<T> experiment,
            UnaryOperator<Experiment.Call<T>> description,
            A argument,
            Mono<T> primary,
            Function<? super A, ? extends Mono<? extends T>> again,
            Function<? super A, ? extends Mono<? extends T>> candidate) {
        ReactiveCall<A, T> call = call(experiment, description, argument, again, candidate);
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<T, T>liftPublisher(
                        (source, subscriber) -> ObservedSubscriber.observe(subscriber, call, new SingleAnswer<>())));
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
    @SuppressWarnings("NullAway") // no argument is null, which A allows and NullAway does not see
    public static <E> Flux<E> run(
            Experiment<List<E>> experiment, Flux<E> primary, Flux<? extends E> candidate, int maxElements) {
        requireNonNull(candidate, "candidate");
        return run(experiment, UnaryOperator.identity(), null, primary, nothing -> candidate, maxElements);
    }

    /**
     * Runs a {@code Flux} of at most {@link #DEFAULT_MAX_ELEMENTS} elements, whose candidate is made of an argument, as a
     * described call.
     *
     * @see #run(Experiment, UnaryOperator, Object, Flux, Function, int)
     */
    public static <A extends @Nullable Object, E> Flux<E> run(
            Experiment<List<E>> experiment,
            UnaryOperator<Experiment.Call<List<E>>> description,
            A argument,
            Flux<E> primary,
            Function<? super A, ? extends Flux<? extends E>> candidate) {
        return run(experiment, description, argument, primary, candidate, DEFAULT_MAX_ELEMENTS);
    }

    /**
     * Runs a {@code Flux} whose candidate is made of an argument, as a described call: with {@code description} and {@code
     * argument} as for {@link #run(Experiment, UnaryOperator, Object, Mono, Function)}, and compared as for {@link
     * #run(Experiment, Flux, Flux, int)}.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it, at each subscription
     * @param argument copied for the candidate
     * @param primary what is in service
     * @param candidate makes what is to replace it, of the copy
     * @param maxElements how many elements are kept, at least 1
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates, or maxElements is less than 1
     */
    public static <A extends @Nullable Object, E> Flux<E> run(
            Experiment<List<E>> experiment,
            UnaryOperator<Experiment.Call<List<E>>> description,
            A argument,
            Flux<E> primary,
            Function<? super A, ? extends Flux<? extends E>> candidate,
            int maxElements) {
        requireNonNull(primary, "primary");
        return run(experiment, description, argument, primary, copy -> primary, candidate, maxElements);
    }

    /**
     * Runs a {@code Flux} like {@link #run(Experiment, UnaryOperator, Object, Flux, Function, int)}, where the primary
     * cannot simply be subscribed to twice: with {@code again} as for {@link #run(Experiment, UnaryOperator, Object, Mono,
     * Function, Function)}.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it, at each subscription
     * @param argument copied for the candidate, and for the second run of the primary
     * @param primary what is in service
     * @param again makes the primary once more, of a copy
     * @param candidate makes what is to replace it, of the copy
     * @param maxElements how many elements are kept, at least 1
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates, or maxElements is less than 1
     */
    public static <A extends @Nullable Object, E> Flux<E> run(
            Experiment<List<E>> experiment,
            UnaryOperator<Experiment.Call<List<E>>> description,
            A argument,
            Flux<E> primary,
            Function<? super A, ? extends Flux<? extends E>> again,
            Function<? super A, ? extends Flux<? extends E>> candidate,
            int maxElements) {
        requireNonNull(again, "again");
        requireNonNull(candidate, "candidate");
        ReactiveCall<A, List<E>> call = call(
                experiment,
                description,
                argument,
                copy -> collect(requireNonNull(again.apply(copy), ReactiveCall.NO_PRIMARY), maxElements),
                copy -> collect(requireNonNull(candidate.apply(copy), ReactiveCall.NO_CANDIDATE), maxElements));
        if (maxElements < 1) {
            throw new IllegalArgumentException("maxElements must be at least 1 but was " + maxElements);
        }
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<E, E>liftPublisher((source, subscriber) ->
                        ObservedSubscriber.observe(subscriber, call, new ListAnswer<>(maxElements))));
    }

    /** One element more than is kept, so that a longer candidate is seen to be longer. */
    private static <E> Mono<List<E>> collect(Flux<? extends E> side, int maxElements) {
        return side.take(maxElements + 1L).<E>map(element -> element).collectList();
    }

    private static <A extends @Nullable Object, T> ReactiveCall<A, T> call(
            Experiment<T> experiment,
            UnaryOperator<Experiment.Call<T>> description,
            A argument,
            Function<? super A, ? extends Mono<? extends T>> again,
            Function<? super A, ? extends Mono<? extends T>> candidate) {
        requireSingle(experiment);
        return new ReactiveCall<>(
                experiment,
                requireNonNull(description, "description"),
                argument,
                requireNonNull(again, "again"),
                requireNonNull(candidate, "candidate"));
    }

    private static void requireSingle(Experiment<?> experiment) {
        if (requireNonNull(experiment, "experiment").candidates().size() != 1) {
            throw new IllegalArgumentException("experiment \"" + experiment.name()
                    + "\" must have one candidate to run reactively but has " + experiment.candidates());
        }
    }
}
