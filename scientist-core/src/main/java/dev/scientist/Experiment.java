package dev.scientist;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One named pair of implementations, together with how the two are compared. Declare it once with
 * {@link Scientist#experiment} and keep it in a field; it is thread-safe.
 *
 * <p>The caller of {@code run} gets exactly what the primary did, on the caller's own thread: the same value, or the
 * same throwable object. Nothing that the candidate, a comparator or a publisher does can reach the caller.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public interface Experiment<T> {

    /** Returns the experiment's name, which is unique within its {@link Scientist}. */
    String name();

    /**
     * Returns the names of the candidates, in order. Unless the options say otherwise there is one, named
     * {@code candidate}.
     */
    List<String> candidates();

    /**
     * Runs the primary on the caller's thread and, if the call is sampled, the candidate beside it.
     *
     * @param primary the implementation in service
     * @param candidate the implementation that is to replace it
     * @return the primary's answer, {@code null} included
     * @throws X the throwable object that the primary threw
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} for those
     */
    <X extends Throwable> @Nullable T run(
            Implementation<? extends T, X> primary, Implementation<? extends T, ?> candidate) throws X;

    /**
     * Does the same as {@link #run(Implementation, Implementation)}. This method is for languages without checked
     * exceptions, such as Kotlin, which cannot infer the exception type of that method.
     *
     * @param <R> the type that both sides return; a non-null type here gives a non-null result
     * @param primary the implementation in service
     * @param candidate the implementation that is to replace it
     * @return the primary's answer, {@code null} included
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} for those
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the result of one side, null only if R allows null
    default <R extends @Nullable T> R runUnchecked(Supplier<? extends R> primary, Supplier<? extends R> candidate) {
        RequiredSide.of(primary, "primary", this);
        RequiredSide.of(candidate, "candidate", this);
        return (R) this.<RuntimeException>run(primary::get, candidate::get);
    }

    /**
     * Runs both sides on one argument. The candidate gets a copy of it if an
     * {@link ExperimentOptions.Builder#argumentCopier} for its type is configured. An argument whose class is exactly
     * {@code Object[]} is treated as a list of arguments: the candidate always gets its own array, which holds a copy
     * of each element that has a copier.
     *
     * @param argument the caller's own object, which is passed to the primary
     * @param primary the implementation in service
     * @param candidate the implementation that is to replace it
     * @return the primary's answer, {@code null} included
     * @throws X the throwable object that the primary threw
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} for those
     */
    <A extends @Nullable Object, X extends Throwable> @Nullable T run(
            A argument, Operation<? super A, ? extends T, X> primary, Operation<? super A, ? extends T, ?> candidate)
            throws X;

    /**
     * Runs an asynchronous primary on the caller's thread and, if the call is sampled, an asynchronous candidate beside
     * it, which is called on a thread of the {@link Scientist}.
     *
     * <p>When the candidate's future is late, the call is {@link Verdict#TIMED_OUT}. The future itself is not
     * cancelled, because others may wait for it too; it keeps its permit until it completes, or until a minute after
     * its deadline. So give the candidate's own client a deadline as well, and see {@link
     * ExperimentOptions.Builder#ownedFutures} for futures that may be cancelled. A primary that takes more than a
     * minute longer than the candidate is allowed to take is not waited for: the call is {@link
     * Verdict.Reason#OVER_BUDGET}.
     *
     * @param primary returns a future
     * @param candidate returns a future
     * @return the future that the primary returned, with one exception: in a sampled call, an incomplete future
     *     whose class is exactly {@link java.util.concurrent.CompletableFuture} is replaced by a copy. The copy
     *     completes on the same thread and in the same way, with the same value or with the same throwable in the same
     *     wrapping, right after a snapshot was taken. Cancelling the copy cancels the primary's future. Everything else
     *     that the caller does to it ({@code complete}, {@code completeOnTimeout}, {@code orTimeout}, {@code
     *     obtrudeValue} and the like) changes only the copy: the result of the primary's own future is compared, and
     *     others who wait for that future do not see the change. A future of another class cannot be copied and is
     *     returned itself. Whatever the caller completes it with then counts as the primary's answer, and if it is
     *     incomplete and a snapshot is configured, the call is {@link Verdict.Reason#SNAPSHOT_FAILED}. To set a default
     *     or a deadline on such a future, callers should derive a dependent future of their own
     * @throws X the throwable object that the primary threw instead of returning a future
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} for those
     */
    <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            Implementation<S, X> primary, Implementation<? extends CompletionStage<? extends T>, ?> candidate) throws X;

    /**
     * Starts to describe one call. This is for a call that has a key, attributes, several candidates, a candidate of
     * another type, or a candidate that gets a copy of its argument.
     */
    Call<T> call();

    /**
     * Starts to describe one call like {@link #call()}, unless it is already clear that no candidate will run, because
     * the experiment is disabled or closed, or the call is not in the random sample. This is for code between the
     * caller and the primary, such as an interceptor, which then has nothing to prepare for calls that are skipped.
     *
     * @return null if the call was skipped; it has been counted, and only the primary must be run. Otherwise the call,
     *     which holds no permit or other resource, is counted only when it runs, and may still be skipped then
     */
    @Nullable
    Call<T> callUnlessSkipped();

    /**
     * Returns the share of the sampled calls in which the primary runs twice, 0 to 1; see
     * {@link ExperimentOptions.Builder#replicateRate}.
     */
    double replicateRate();

    /**
     * Returns the options with which the experiment was declared, defaults and configuration included. They do not
     * change any more.
     */
    ExperimentOptions<T> options();

    /** Returns the settings now in force. */
    ExperimentSettings settings();

    /**
     * Changes settings while the experiment runs; the next call on any thread sees them.
     *
     * @param change gets the settings in force and returns the new ones; it is called again if another thread changes
     *     the settings at the same time
     * @return the settings now in force
     */
    ExperimentSettings change(UnaryOperator<ExperimentSettings> change);

    /** Returns the counts of this experiment. They are live, and reading them changes nothing. */
    Tally tally();

    /**
     * Describes one call. It is not thread-safe and can be used once.
     *
     * <p>Key and attributes come from the traffic, so a wrong key or attribute never fails the caller: the call is
     * {@link Verdict.Reason#NOT_SAMPLED}, the mistake is reported once, and it is counted as a failure of the hook. A
     * missing implementation, or a name that no candidate has, fails at once, before the primary runs.
     *
     * @param <T> the type of the answer
     */
    interface Call<T> {

        /**
         * Sets the key by which the call is sampled, for example a customer; {@code null}, the default, means no key.
         */
        Call<T> key(@Nullable Object key);

        /**
         * Sets the key like {@link #key}, for a key that is expensive to find. The supplier is called on the caller's
         * thread, at most once, and only if the experiment samples by key or has a {@link Sampler}. If both this method
         * and {@link #key} are used, the last one counts.
         *
         * @param key returns the key, or null for none. When it throws, the call is {@link Verdict.Reason#NOT_SAMPLED}
         */
        Call<T> keyFrom(Supplier<?> key);

        /**
         * Adds an attribute, which conditions, ignore rules and publishers can see. Names must be unique and not blank.
         * A value of {@code null} is left out.
         */
        Call<T> attribute(String name, @Nullable Object value);

        /**
         * Adds attributes that are expensive to find. The supplier is called on the caller's thread, at most once, and
         * only if a {@link Sampler} or a condition looks at the call or a candidate is going to be started. Values of
         * {@code null} are left out. If a name was also given to {@link #attribute}, that value wins. A call can have
         * only one such supplier.
         *
         * @param attributes returns the attributes by name. When it throws, the call is
         *     {@link Verdict.Reason#NOT_SAMPLED}
         */
        Call<T> attributesFrom(Supplier<? extends Map<String, ?>> attributes);

        /** Offers the candidate of an experiment with only one candidate. */
        Call<T> candidate(Implementation<? extends T, ?> candidate);

        /**
         * Offers the candidate of an experiment with only one candidate, together with its argument. The argument is
         * copied as for {@link Experiment#run(Object, Operation, Operation)}, on the caller's thread before the primary
         * runs, and only if the candidate is going to be started.
         *
         * @param argument the caller's own object
         * @param candidate gets a copy of the argument
         */
        <A extends @Nullable Object> Call<T> candidate(A argument, Operation<? super A, ? extends T, ?> candidate);

        /**
         * Offers a candidate under one of the experiment's candidate names. Each name can be offered once. A candidate
         * that is not offered is skipped in this call.
         */
        Call<T> candidate(String name, Implementation<? extends T, ?> candidate);

        /**
         * Offers a candidate whose answer has another type than the primary's.
         *
         * @param translation turns the candidate's answer into the primary's type. It runs off the caller's thread; its
         *     time is not part of the candidate's measured time or deadline, but of the time for comparing. When it
         *     throws, the call is {@link Verdict.Reason#TRANSLATION_FAILED}. It is not called for null
         */
        <C> Call<T> candidate(
                String name, Implementation<? extends C, ?> candidate, Function<? super C, ? extends T> translation);

        /** Offers the asynchronous candidate of an experiment with only one candidate, for {@link #runAsync}. */
        Call<T> asyncCandidate(Implementation<? extends CompletionStage<? extends T>, ?> candidate);

        /**
         * Offers the asynchronous candidate of an experiment with only one candidate, together with its argument, for
         * {@link #runAsync}.
         *
         * @param argument the caller's own object, which is copied as for {@link #candidate(Object, Operation)}
         * @param candidate gets a copy of the argument
         */
        <A extends @Nullable Object> Call<T> asyncCandidate(
                A argument, Operation<? super A, ? extends CompletionStage<? extends T>, ?> candidate);

        /** Offers an asynchronous candidate under one of the experiment's candidate names, for {@link #runAsync}. */
        Call<T> asyncCandidate(String name, Implementation<? extends CompletionStage<? extends T>, ?> candidate);

        /**
         * Sets how the primary runs a second time if {@link ExperimentOptions.Builder#replicateRate} asks for that. Use
         * it for a primary that cannot simply be called twice, such as the method that an interceptor proceeds to.
         * Without it, the second run calls the primary itself, with what it captured.
         *
         * @param argument the caller's own object, which is copied as for {@link #candidate(Object, Operation)}
         * @param again gets a copy of the argument and does what the primary does; for {@link #runAsync} it returns a
         *     future
         */
        <A extends @Nullable Object> Call<T> replicate(A argument, Operation<? super A, ?, ?> again);

        /**
         * Declares that the futures of this call's candidates are owned, as
         * {@link ExperimentOptions.Builder#ownedFutures} does for all calls, and that the future of its
         * {@link #replicate} is owned too. Use it if those futures are made for this call alone, for example by
         * subscribing to a publisher.
         */
        Call<T> ownedFutures();

        /**
         * Runs the call like {@link Experiment#run(Implementation, Implementation)}. If no candidate was offered at
         * all, this is no call of the experiment: only the primary runs, and nothing is counted.
         */
        <X extends Throwable> @Nullable T run(Implementation<? extends T, X> primary) throws X;

        /** Runs the call like {@link Experiment#runAsync}. */
        <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(Implementation<S, X> primary)
                throws X;

        /**
         * Starts the call for code that runs the primary itself. It starts the candidates like the other methods, and
         * that code reports the primary's outcome later. A second run of the primary takes place only if
         * {@link #replicate} sets how.
         *
         * @return the object to which the outcome is reported; null if nothing needs it. A call that starts no
         *     candidate, for example because it is not sampled, saturated, or inside a shadow, has been counted as
         *     skipped and needs none, with one exception: of some calls that {@link
         *     ExperimentOptions.Sampling#ADAPTIVE} leaves out, the time is needed
         */
        @Nullable
        ObservedPrimary<T> observe();

        /**
         * Starts the call like {@link #observe()}, for a primary whose answer comes in parts.
         *
         * @param parts the answer, which is asked for its parts while it is incomplete
         */
        @Nullable
        ObservedPrimary<T> observe(PartialAnswer parts);
    }
}
