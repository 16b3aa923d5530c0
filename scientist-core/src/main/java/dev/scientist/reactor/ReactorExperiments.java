package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.ObservedPrimary;
import dev.scientist.PartialAnswer;
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
 * is late, and when the subscriber cancels the primary, which is then uncompared (cancelled) unless it has given elements of
 * a {@code Flux}, and its permit returns then.
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

    private static final String NO_CANDIDATE = "the candidate's publisher";
    private static final String NO_PRIMARY = "the primary's publisher";

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
        requireNonNull(again, "again");
        requireNonNull(candidate, "candidate");
        requireSingle(experiment);
        ReactiveCall<A, T> call = new ReactiveCall<>(
                experiment,
                requireNonNull(description, "description"),
                argument,
                copy -> ShadowSource.of(requireNonNull(again.apply(copy), NO_PRIMARY)),
                copy -> ShadowSource.of(requireNonNull(candidate.apply(copy), NO_CANDIDATE)));
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<T, T>liftPublisher((source, subscriber) -> {
                    ObservedPrimary<T> observed = call.start(null, subscriber.currentContext());
                    return ObservedSubscriber.of(subscriber, observed == null ? null : new SingleAnswer<>(observed));
                }));
    }

    /**
     * Runs a {@code Flux}, whose elements are compared as a list, as far as the subscriber takes them: where it cancels, or
     * takes a number of them, the candidate is taken as far, and then cancelled. Elements flow on as they come, so a
     * snapshot of the list comes too late for elements that the subscriber changes: use immutable elements.
     *
     * <p>A primary that still runs at the candidate's deadline is compared as far as both have come, if the candidate lags by
     * one element or a tenth at most; otherwise the candidate is late. One of more than {@link
     * dev.scientist.ExperimentSettings#maxElements()} elements is compared in windows where the comparator can; otherwise, and
     * where the candidate is further behind than that, it is uncompared (over_budget), and its candidate is cancelled.
     *
     * @param experiment has one candidate
     * @param primary what is in service
     * @param candidate what is to replace it
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    @SuppressWarnings("NullAway") // no argument is null, which A allows and NullAway does not see
    public static <E> Flux<E> run(Experiment<List<E>> experiment, Flux<E> primary, Flux<? extends E> candidate) {
        requireNonNull(candidate, "candidate");
        return run(experiment, UnaryOperator.identity(), null, primary, nothing -> candidate);
    }

    /**
     * Runs a {@code Flux} whose candidate is made of an argument, as a described call: with {@code description} and {@code
     * argument} as for {@link #run(Experiment, UnaryOperator, Object, Mono, Function)}, and compared as for {@link
     * #run(Experiment, Flux, Flux)}.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it, at each subscription
     * @param argument copied for the candidate
     * @param primary what is in service
     * @param candidate makes what is to replace it, of the copy
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <A extends @Nullable Object, E> Flux<E> run(
            Experiment<List<E>> experiment,
            UnaryOperator<Experiment.Call<List<E>>> description,
            A argument,
            Flux<E> primary,
            Function<? super A, ? extends Flux<? extends E>> candidate) {
        requireNonNull(primary, "primary");
        return run(experiment, description, argument, primary, copy -> primary, candidate);
    }

    /**
     * Runs a {@code Flux} like {@link #run(Experiment, UnaryOperator, Object, Flux, Function)}, where the primary
     * cannot simply be subscribed to twice: with {@code again} as for {@link #run(Experiment, UnaryOperator, Object, Mono,
     * Function, Function)}.
     *
     * @param experiment has one candidate
     * @param description adds to the call what is known about it, at each subscription
     * @param argument copied for the candidate, and for the second run of the primary
     * @param primary what is in service
     * @param again makes the primary once more, of a copy
     * @param candidate makes what is to replace it, of the copy
     * @return the primary, observed
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <A extends @Nullable Object, E> Flux<E> run(
            Experiment<List<E>> experiment,
            UnaryOperator<Experiment.Call<List<E>>> description,
            A argument,
            Flux<E> primary,
            Function<? super A, ? extends Flux<? extends E>> again,
            Function<? super A, ? extends Flux<? extends E>> candidate) {
        requireNonNull(description, "description");
        requireNonNull(again, "again");
        requireNonNull(candidate, "candidate");
        requireSingle(experiment);
        return requireNonNull(primary, "primary")
                .hide() // a fused subscriber would fetch elements past the observer
                .transform(Operators.<E, E>liftPublisher((source, subscriber) -> {
                    StreamAnswer<E> answer =
                            new StreamAnswer<>(experiment.settings().maxElements(), PartialAnswer.windows(experiment));
                    ReactiveCall<A, List<E>> call = new ReactiveCall<>(
                            experiment,
                            description,
                            argument,
                            copy -> ShadowSource.of(requireNonNull(again.apply(copy), NO_PRIMARY), answer),
                            copy -> ShadowSource.of(requireNonNull(candidate.apply(copy), NO_CANDIDATE), answer));
                    ObservedPrimary<List<E>> observed = call.start(answer, subscriber.currentContext());
                    return ObservedSubscriber.of(subscriber, observed == null ? null : answer.toldTo(observed));
                }));
    }

    private static void requireSingle(Experiment<?> experiment) {
        if (requireNonNull(experiment, "experiment").candidates().size() != 1) {
            throw new IllegalArgumentException("experiment \"" + experiment.name()
                    + "\" must have one candidate to run reactively but has " + experiment.candidates());
        }
    }
}
