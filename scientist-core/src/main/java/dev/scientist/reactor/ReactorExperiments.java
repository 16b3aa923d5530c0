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
 * experiment were not there. The candidate is subscribed to on a thread of the {@link dev.scientist.Scientist}, with
 * the subscriber's Reactor {@code Context}, but without the subscriber's transactions and sessions, the web exchange,
 * and the hooks of operators such as {@code onErrorContinue} and {@code doOnDiscard}. The candidate is cancelled when
 * it is late and when the subscriber cancels the primary, and its permit returns then. If the subscriber cancels, the
 * call is uncompared (cancelled), unless the primary has delivered elements of a {@code Flux}. A candidate must itself
 * protect what it shares with others from being cancelled, for example by {@code Mono.fromFuture(shared, true)}. An
 * empty {@code Mono} counts as the answer {@code null}.
 *
 * <p>With a {@link dev.scientist.ExperimentOptions.Builder#replicateRate}, the primary is subscribed to a second time
 * like a candidate, and that subscription is cancelled at its deadline.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // Reactor is optional, but callers of this class have it
public final class ReactorExperiments {

    private static final String NO_CANDIDATE = "the candidate's publisher";
    private static final String NO_PRIMARY = "the primary's publisher";

    private ReactorExperiments() {}

    /**
     * Runs a {@code Mono}.
     *
     * @param experiment an experiment with one candidate
     * @param primary the publisher in service
     * @param candidate the publisher that is to replace it
     * @return the primary, with an observer of its signals
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    @SuppressWarnings("NullAway") // the argument is null, which A allows but NullAway does not see
    public static <T> Mono<T> run(Experiment<T> experiment, Mono<T> primary, Mono<? extends T> candidate) {
        requireNonNull(candidate, "candidate");
        return run(experiment, UnaryOperator.identity(), null, primary, nothing -> candidate);
    }

    /**
     * Runs a {@code Mono} as a described call, with a candidate that is created from an argument.
     *
     * @param experiment an experiment with one candidate
     * @param description describes the call, for example with {@link Experiment.Call#keyFrom} and
     *     {@link Experiment.Call#attributesFrom}, and returns it. It is called at each subscription, on the
     *     subscriber's thread. When it throws, the subscriber does not notice, and the call is
     *     {@link dev.scientist.Verdict.Reason#NOT_SAMPLED}
     * @param argument the candidate's argument. It is copied as for
     *     {@link Experiment.Call#asyncCandidate(Object, Operation)}, at each subscription whose candidate is going to
     *     be started
     * @param primary the publisher in service
     * @param candidate creates from the copy the publisher that is to replace the primary, on a thread of the
     *     {@link dev.scientist.Scientist}
     * @return the primary, with an observer of its signals
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
     * Runs a {@code Mono} like {@link #run(Experiment, UnaryOperator, Object, Mono, Function)}. This is for a primary
     * that cannot simply be subscribed to twice.
     *
     * @param experiment an experiment with one candidate
     * @param description describes the call, as in the other method
     * @param argument the argument, which is copied for the candidate and for the second run of the primary
     * @param primary the publisher in service
     * @param again creates from a copy a publisher that does the same as the primary, for its second run according to
     *     {@link dev.scientist.ExperimentOptions.Builder#replicateRate}; on a thread of the
     *     {@link dev.scientist.Scientist}
     * @param candidate creates from the copy the publisher that is to replace the primary
     * @return the primary, with an observer of its signals
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
                .hide() // a fused subscriber would bypass the observer
                .transform(Operators.<T, T>liftPublisher((source, subscriber) -> {
                    ObservedPrimary<T> observed = call.start(null, subscriber.currentContext());
                    return ObservedSubscriber.of(subscriber, observed == null ? null : new SingleAnswer<>(observed));
                }));
    }

    /**
     * Runs a {@code Flux}. Its elements are compared as a list, as far as the subscriber takes them: if the subscriber
     * cancels, or takes only a number of them, the candidate is taken as far and then cancelled. Elements are passed on
     * as they come, so a snapshot of the list is too late for elements that the subscriber changes: use immutable
     * elements.
     *
     * <p>If the primary is still running at the candidate's deadline, the elements that both have delivered are
     * compared, provided that the candidate lags by at most one element or a tenth; otherwise the candidate is late. A
     * primary of more than {@link dev.scientist.ExperimentSettings#maxElements()} elements is compared in windows if
     * the comparator can do that. If it cannot, or if the candidate is more than that number of elements behind, the
     * call is uncompared (over_budget), and its candidate is cancelled.
     *
     * @param experiment an experiment with one candidate
     * @param primary the publisher in service
     * @param candidate the publisher that is to replace it
     * @return the primary, with an observer of its signals
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    @SuppressWarnings("NullAway") // the argument is null, which A allows but NullAway does not see
    public static <E> Flux<E> run(Experiment<List<E>> experiment, Flux<E> primary, Flux<? extends E> candidate) {
        requireNonNull(candidate, "candidate");
        return run(experiment, UnaryOperator.identity(), null, primary, nothing -> candidate);
    }

    /**
     * Runs a {@code Flux} as a described call, with a candidate that is created from an argument. The
     * {@code description} and the {@code argument} are as for
     * {@link #run(Experiment, UnaryOperator, Object, Mono, Function)}, and the elements are compared as for
     * {@link #run(Experiment, Flux, Flux)}.
     *
     * @param experiment an experiment with one candidate
     * @param description describes the call, at each subscription
     * @param argument the argument, which is copied for the candidate
     * @param primary the publisher in service
     * @param candidate creates from the copy the publisher that is to replace the primary
     * @return the primary, with an observer of its signals
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
     * Runs a {@code Flux} like {@link #run(Experiment, UnaryOperator, Object, Flux, Function)}. This is for a primary
     * that cannot simply be subscribed to twice. The parameter {@code again} is as for {@link #run(Experiment,
     * UnaryOperator, Object, Mono, Function, Function)}.
     *
     * @param experiment an experiment with one candidate
     * @param description describes the call, at each subscription
     * @param argument the argument, which is copied for the candidate and for the second run of the primary
     * @param primary the publisher in service
     * @param again creates from a copy a publisher that does the same as the primary
     * @param candidate creates from the copy the publisher that is to replace the primary
     * @return the primary, with an observer of its signals
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
                .hide() // a fused subscriber would bypass the observer
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
