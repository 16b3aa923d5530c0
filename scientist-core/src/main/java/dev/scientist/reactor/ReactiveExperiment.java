package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.ObservedPrimary;
import dev.scientist.PartialAnswer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * An experiment whose sides return a {@code Mono} or a {@code Flux}. It is immutable and thread-safe; make it once and
 * keep it in a field.
 *
 * <pre>{@code
 * ReactiveExperiment<Quote> quotes = ReactiveExperiment.of(scientist.experiment("pricing.quote"));
 *
 * Mono<Quote> quote = quotes.mono(() -> ledger.quote(request), () -> rewrite.quote(request));
 * }</pre>
 *
 * <p>The primary is called once, on the caller's thread, and the caller gets the publisher that it returned, with an
 * observer of its signals. What the primary throws instead is thrown to the caller, and no call is counted. Each
 * subscription to the publisher is a call of the experiment. The subscriber gets the primary's signals, on the
 * primary's threads, as if the experiment were not there.
 *
 * <p>The candidate is called at each subscription for which it is started, on a thread of the
 * {@link dev.scientist.Scientist}, and its publisher is subscribed to there. It has failed if it throws or returns null
 * instead of a publisher. It is subscribed to with the subscriber's Reactor {@code Context}, but without the
 * subscriber's transactions and sessions, the web exchange, and the hooks of operators such as {@code onErrorContinue}
 * and {@code doOnDiscard}. The candidate is cancelled when it is late and when the subscriber cancels the primary, and
 * its permit returns then. If the subscriber cancels, the call is uncompared (cancelled), unless the primary has
 * delivered elements of a {@code Flux}. A candidate must itself protect what it shares with others from being
 * cancelled, for example by {@code Mono.fromFuture(shared, true)}. An empty {@code Mono} counts as the answer
 * {@code null}.
 *
 * <p>With a {@link dev.scientist.ExperimentOptions.Builder#replicateRate}, the primary's publisher is subscribed to a
 * second time like a candidate's, and that subscription is cancelled at its deadline. For a primary that cannot simply
 * be subscribed to twice, {@link WithArgument#replicate} says what runs instead.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
@SuppressWarnings("exports") // Reactor is optional, but callers of this class have it
public final class ReactiveExperiment<T> {

    private static final String NO_CANDIDATE = "the candidate's publisher";
    private static final String NO_PRIMARY = "the primary's publisher";

    private final Experiment<T> experiment;
    private final UnaryOperator<Experiment.Call<T>> description;

    private ReactiveExperiment(Experiment<T> experiment, UnaryOperator<Experiment.Call<T>> description) {
        this.experiment = experiment;
        this.description = description;
    }

    /**
     * Returns an experiment whose sides return a {@code Mono}.
     *
     * @param experiment an experiment with one candidate
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <T> ReactiveExperiment<T> of(Experiment<T> experiment) {
        if (requireNonNull(experiment, "experiment").candidates().size() != 1) {
            throw new IllegalArgumentException("experiment \"" + experiment.name()
                    + "\" must have one candidate to run reactively but has " + experiment.candidates());
        }
        return new ReactiveExperiment<>(experiment, UnaryOperator.identity());
    }

    /**
     * Returns an experiment whose sides return a {@code Flux}, of which the lists of elements are compared.
     *
     * @param experiment an experiment with one candidate
     * @throws IllegalArgumentException if the experiment has several candidates
     */
    public static <E> OfList<E> ofList(Experiment<List<E>> experiment) {
        return new OfList<>(of(experiment));
    }

    /**
     * Returns an experiment like this one whose calls are described.
     *
     * @param description describes a call, for example with {@link Experiment.Call#keyFrom} and
     *     {@link Experiment.Call#attributesFrom}, and returns it. It is called at each subscription, on the
     *     subscriber's thread. When it throws, the subscriber does not notice, and the call is
     *     {@link dev.scientist.Verdict.Reason#NOT_SAMPLED}
     */
    public ReactiveExperiment<T> describedBy(UnaryOperator<Experiment.Call<T>> description) {
        return new ReactiveExperiment<>(experiment, requireNonNull(description, "description"));
    }

    /**
     * Returns an experiment like this one whose sides get an argument.
     *
     * @param argument the caller's own object, which is passed to the primary. It is copied for the candidate as for
     *     {@link Experiment.Call#asyncCandidate(Object, dev.scientist.Operation)}, at each subscription whose candidate
     *     is going to be started
     */
    public <A extends @Nullable Object> WithArgument<A, T> on(A argument) {
        return new WithArgument<>(this, argument, null);
    }

    /**
     * Calls the primary and returns its {@code Mono}, with the candidate beside it.
     *
     * @param primary returns the publisher in service
     * @param candidate returns the publisher that is to replace it
     * @return the primary's publisher, with an observer of its signals
     * @throws NullPointerException if the primary returns null
     */
    @SuppressWarnings("NullAway") // the argument is null, which A allows but NullAway does not see
    public Mono<T> mono(Supplier<? extends Mono<T>> primary, Supplier<? extends Mono<? extends T>> candidate) {
        requireNonNull(primary, "primary");
        requireNonNull(candidate, "candidate");
        return on(null).mono(nothing -> primary.get(), nothing -> candidate.get());
    }

    /**
     * A {@link ReactiveExperiment} whose sides get an argument.
     *
     * @param <A> the type of the argument
     * @param <T> the type of the answer
     */
    public static final class WithArgument<A extends @Nullable Object, T> {

        private final ReactiveExperiment<T> of;
        private final A argument;
        private final @Nullable Function<? super A, ? extends Mono<? extends T>> replicate;

        private WithArgument(
                ReactiveExperiment<T> of,
                A argument,
                @Nullable Function<? super A, ? extends Mono<? extends T>> replicate) {
            this.of = of;
            this.argument = argument;
            this.replicate = replicate;
        }

        /**
         * Sets what the second run of the primary subscribes to, according to
         * {@link dev.scientist.ExperimentOptions.Builder#replicateRate}. The default is the primary's own publisher.
         *
         * @param replicate creates, from a copy of the argument, a publisher that does the same as the primary's; on a
         *     thread of the {@link dev.scientist.Scientist}
         */
        public WithArgument<A, T> replicate(Function<? super A, ? extends Mono<? extends T>> replicate) {
            return new WithArgument<>(of, argument, requireNonNull(replicate, "replicate"));
        }

        /**
         * Calls the primary with the argument and returns its {@code Mono}, with the candidate beside it.
         *
         * @param primary returns the publisher in service; it gets the caller's own argument
         * @param candidate returns the publisher that is to replace it; it gets a copy of the argument
         * @return the primary's publisher, with an observer of its signals
         * @throws NullPointerException if the primary returns null
         */
        public Mono<T> mono(
                Function<? super A, ? extends Mono<T>> primary,
                Function<? super A, ? extends Mono<? extends T>> candidate) {
            requireNonNull(primary, "primary");
            requireNonNull(candidate, "candidate");
            Mono<T> source = requireNonNull(primary.apply(argument), NO_PRIMARY);
            Function<? super A, ? extends Mono<? extends T>> again = replicate == null ? copy -> source : replicate;
            ReactiveCall<A, T> call = new ReactiveCall<>(
                    of.experiment,
                    of.description,
                    argument,
                    copy -> ShadowSource.of(requireNonNull(again.apply(copy), NO_PRIMARY)),
                    copy -> ShadowSource.of(requireNonNull(candidate.apply(copy), NO_CANDIDATE)));
            return source.hide() // a fused subscriber would bypass the observer
                    .transform(Operators.<T, T>liftPublisher((observable, subscriber) -> {
                        ObservedPrimary<T> observed = call.start(null, subscriber.currentContext());
                        return ObservedSubscriber.of(
                                subscriber, observed == null ? null : new SingleAnswer<>(observed));
                    }));
        }
    }

    /**
     * A reactive experiment whose sides return a {@code Flux}. It is immutable and thread-safe. For the calls, what is
     * said of {@link ReactiveExperiment} holds.
     *
     * <p>The elements are compared as a list, as far as the subscriber takes them: if the subscriber cancels, or takes
     * only a number of them, the candidate is taken as far and then cancelled. Elements are passed on as they come, so
     * a snapshot of the list is too late for elements that the subscriber changes: use immutable elements.
     *
     * <p>If the primary is still running at the candidate's deadline, the elements that both have delivered are
     * compared, provided that the candidate lags by at most one element or a tenth; otherwise the candidate is late. A
     * primary of more than {@link dev.scientist.ExperimentSettings#maxElements()} elements is compared in windows if
     * the comparator can do that. If it cannot, or if the candidate is more than that number of elements behind, the
     * call is uncompared (over_budget), and its candidate is cancelled.
     *
     * @param <E> the type of the elements
     * @since 0.1.0
     */
    public static final class OfList<E> {

        private final ReactiveExperiment<List<E>> of;

        private OfList(ReactiveExperiment<List<E>> of) {
            this.of = of;
        }

        /**
         * Returns an experiment like this one whose calls are described.
         *
         * @param description describes a call, as in {@link ReactiveExperiment#describedBy}
         */
        public OfList<E> describedBy(UnaryOperator<Experiment.Call<List<E>>> description) {
            return new OfList<>(of.describedBy(description));
        }

        /**
         * Returns an experiment like this one whose sides get an argument.
         *
         * @param argument the caller's own object, which is passed to the primary, and copied for the candidate as in
         *     {@link ReactiveExperiment#on}
         */
        public <A extends @Nullable Object> OfListWithArgument<A, E> on(A argument) {
            return new OfListWithArgument<>(of, argument, null);
        }

        /**
         * Calls the primary and returns its {@code Flux}, with the candidate beside it.
         *
         * @param primary returns the publisher in service
         * @param candidate returns the publisher that is to replace it
         * @return the primary's publisher, with an observer of its signals
         * @throws NullPointerException if the primary returns null
         */
        @SuppressWarnings("NullAway") // the argument is null, which A allows but NullAway does not see
        public Flux<E> flux(Supplier<? extends Flux<E>> primary, Supplier<? extends Flux<? extends E>> candidate) {
            requireNonNull(primary, "primary");
            requireNonNull(candidate, "candidate");
            return on(null).flux(nothing -> primary.get(), nothing -> candidate.get());
        }
    }

    /**
     * A reactive experiment whose sides get an argument and return a {@code Flux}.
     *
     * @param <A> the type of the argument
     * @param <E> the type of the elements
     */
    public static final class OfListWithArgument<A extends @Nullable Object, E> {

        private final ReactiveExperiment<List<E>> of;
        private final A argument;
        private final @Nullable Function<? super A, ? extends Flux<? extends E>> replicate;

        private OfListWithArgument(
                ReactiveExperiment<List<E>> of,
                A argument,
                @Nullable Function<? super A, ? extends Flux<? extends E>> replicate) {
            this.of = of;
            this.argument = argument;
            this.replicate = replicate;
        }

        /**
         * Sets what the second run of the primary subscribes to, according to
         * {@link dev.scientist.ExperimentOptions.Builder#replicateRate}. The default is the primary's own publisher.
         *
         * @param replicate creates, from a copy of the argument, a publisher that does the same as the primary's; on a
         *     thread of the {@link dev.scientist.Scientist}
         */
        public OfListWithArgument<A, E> replicate(Function<? super A, ? extends Flux<? extends E>> replicate) {
            return new OfListWithArgument<>(of, argument, requireNonNull(replicate, "replicate"));
        }

        /**
         * Calls the primary with the argument and returns its {@code Flux}, with the candidate beside it.
         *
         * @param primary returns the publisher in service; it gets the caller's own argument
         * @param candidate returns the publisher that is to replace it; it gets a copy of the argument
         * @return the primary's publisher, with an observer of its signals
         * @throws NullPointerException if the primary returns null
         */
        public Flux<E> flux(
                Function<? super A, ? extends Flux<E>> primary,
                Function<? super A, ? extends Flux<? extends E>> candidate) {
            requireNonNull(primary, "primary");
            requireNonNull(candidate, "candidate");
            Flux<E> source = requireNonNull(primary.apply(argument), NO_PRIMARY);
            Function<? super A, ? extends Flux<? extends E>> again = replicate == null ? copy -> source : replicate;
            return source.hide() // a fused subscriber would bypass the observer
                    .transform(Operators.<E, E>liftPublisher((observable, subscriber) -> {
                        StreamAnswer<E> answer = new StreamAnswer<>(
                                of.experiment.settings().maxElements(), PartialAnswer.windows(of.experiment));
                        ReactiveCall<A, List<E>> call = new ReactiveCall<>(
                                of.experiment,
                                of.description,
                                argument,
                                copy -> ShadowSource.of(requireNonNull(again.apply(copy), NO_PRIMARY), answer),
                                copy -> ShadowSource.of(requireNonNull(candidate.apply(copy), NO_CANDIDATE), answer));
                        ObservedPrimary<List<E>> observed = call.start(answer, subscriber.currentContext());
                        return ObservedSubscriber.of(subscriber, observed == null ? null : answer.toldTo(observed));
                    }));
        }
    }
}
