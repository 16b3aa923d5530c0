package dev.scientist;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One named pair of implementations and how they are compared. Declare it once with {@link Scientist#experiment}
 * and keep it in a field; it is thread-safe.
 *
 * <p>The caller of {@code run} gets exactly what the primary did, on its own thread: the same value, or the same
 * throwable object. Nothing that the candidate, a comparator or a publisher does can reach it.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public interface Experiment<T> {

    /** The experiment's name, unique within its {@link Scientist}. */
    String name();

    /** The names of the candidates, in order; one, named {@code candidate}, unless the options say otherwise. */
    List<String> candidates();

    /**
     * Runs the primary here, and the candidate beside it where the call is sampled.
     *
     * @param primary what is in service
     * @param candidate what is to replace it
     * @return what the primary returned, {@code null} included
     * @throws X what the primary threw, the very object
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} then
     */
    <X extends Throwable> @Nullable T run(
            Implementation<? extends T, X> primary, Implementation<? extends T, ?> candidate) throws X;

    /**
     * Runs the primary here, and the candidate beside it where the call is sampled, as {@link #run(Implementation,
     * Implementation)} does: for languages without checked exceptions, such as Kotlin, which do not infer what the primary
     * of that one throws.
     *
     * @param <R> what both sides return, so that one which never returns null is not said to
     * @param primary what is in service
     * @param candidate what is to replace it
     * @return what the primary returned, {@code null} included
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} then
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // what one of them returned, null only where R says so
    default <R extends @Nullable T> R runUnchecked(Supplier<? extends R> primary, Supplier<? extends R> candidate) {
        RequiredSide.of(primary, "primary", this);
        RequiredSide.of(candidate, "candidate", this);
        return (R) this.<RuntimeException>run(primary::get, candidate::get);
    }

    /**
     * Runs both sides on one argument, of which the candidate gets a copy where an
     * {@link ExperimentOptions.Builder#argumentCopier} for its type is configured. An argument whose class is exactly
     * {@code Object[]} is a list of arguments: the candidate always gets an array of its own, and in it a copy of each
     * element for which there is a copier.
     *
     * @param argument the caller's own object, which the primary gets
     * @param primary what is in service
     * @param candidate what is to replace it
     * @return what the primary returned, {@code null} included
     * @throws X what the primary threw, the very object
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} then
     */
    <A extends @Nullable Object, X extends Throwable> @Nullable T run(
            A argument, Operation<? super A, ? extends T, X> primary, Operation<? super A, ? extends T, ?> candidate)
            throws X;

    /**
     * Runs an asynchronous primary here, and an asynchronous candidate beside it where the call is sampled. The
     * candidate is called on a thread of the {@link Scientist}. When its stage is late the call is {@link
     * Verdict#TIMED_OUT}, and the stage is left alone, because others may wait for it too; it keeps its permit until it
     * completes, for a minute at most. So give the candidate's own client a deadline too; and see {@link
     * ExperimentOptions.Builder#ownedFutures} for stages that may be cancelled. A primary that takes a minute longer than
     * the candidate may is not waited for: {@link Verdict.Reason#OVER_BUDGET}.
     *
     * @param primary returns a stage
     * @param candidate returns a stage
     * @return the very stage the primary returned; except that of a call that is sampled, a stage whose class is exactly
     *     {@link java.util.concurrent.CompletableFuture} and that is not yet complete is handed back as a copy. The copy
     *     completes alike on the same thread: with the same value, or the same throwable in the same shape, right after a
     *     snapshot was taken. To cancel it cancels the primary's future. Whatever else its caller does to it ({@code
     *     complete}, {@code completeOnTimeout}, {@code orTimeout}, {@code obtrudeValue} and their like) changes the copy
     *     alone: what is compared is what the primary's own future comes to, and nobody else who waits for that one sees it.
     *     A stage of another class cannot be copied and is handed back itself, so that what its caller completes it with
     *     counts as the primary's answer, and with a snapshot, if it is not yet complete, its call is {@link
     *     Verdict.Reason#SNAPSHOT_FAILED}. Its callers set a default or a deadline on a dependent stage, which is their own
     * @throws X what the primary threw before it had a stage
     * @throws IllegalStateException if the experiment has several candidates; use {@link #call()} then
     */
    <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            Implementation<S, X> primary, Implementation<? extends CompletionStage<? extends T>, ?> candidate) throws X;

    /**
     * Starts to describe one call that has a key, attributes, several candidates, a candidate of another type, or one that
     * gets a copy of its argument.
     */
    Call<T> call();

    /**
     * Starts to describe one call like {@link #call()}, unless it is clear already that no candidate will run: disabled,
     * closed, or not in the random sample. For code that stands between callers and the primary, such as an interceptor,
     * and has nothing to prepare for calls that are skipped.
     *
     * @return null if the call was skipped, which is then counted: run the primary alone. Otherwise the call, which holds
     *     nothing, is not counted before it runs, and may still be skipped then
     */
    @Nullable
    Call<T> callUnlessSkipped();

    /**
     * In which share of the sampled calls the primary runs twice, 0 to 1; see {@link
     * ExperimentOptions.Builder#replicateRate}.
     */
    double replicateRate();

    /** What it was declared with, defaults and configuration included, and what does not change any more. */
    ExperimentOptions<T> options();

    /** The settings in force. */
    ExperimentSettings settings();

    /**
     * Changes settings while the experiment runs; the next call on any thread sees them.
     *
     * @param change gets the settings in force and returns the new ones; may be asked again when another thread
     *     changes them too
     * @return the settings now in force
     */
    ExperimentSettings change(UnaryOperator<ExperimentSettings> change);

    /** The counts of this experiment; live, and reading changes nothing. */
    Tally tally();

    /**
     * Describes one call. Not thread-safe; use once. What is wrong about key and attributes, which come with the traffic,
     * fails no caller: the call is {@link Verdict.Reason#NOT_SAMPLED}, which is reported once, and counted as a failure of
     * the hook. A side that is missing, or a name that is no candidate's, fails here, before the primary runs.
     *
     * @param <T> the type of the answer
     */
    interface Call<T> {

        /** What sampling by key looks at, for example a customer; {@code null}, the default, for none. */
        Call<T> key(@Nullable Object key);

        /**
         * As {@link #key}, for a key that takes work to find: asked on the caller's thread, once at most, and only if the
         * experiment samples by key or has a {@link Sampler}. Of this and {@link #key} the last one counts.
         *
         * @param key may return null for none. When it throws, the call is {@link Verdict.Reason#NOT_SAMPLED}
         */
        Call<T> keyFrom(Supplier<?> key);

        /**
         * Adds an attribute, which conditions, ignore rules and publishers can see; no two with one name, and none
         * blank. A value of {@code null} is left out.
         */
        Call<T> attribute(String name, @Nullable Object value);

        /**
         * Adds attributes that take work to find: asked on the caller's thread, once at most, and only for a call that a
         * {@link Sampler} or a condition looks at, or else whose candidate is going to be started. Values of {@code null}
         * are left out; where a name was also given to {@link #attribute}, that value wins. One supplier for all.
         *
         * @param attributes returns them by name. When it throws, the call is {@link Verdict.Reason#NOT_SAMPLED}
         */
        Call<T> attributesFrom(Supplier<? extends Map<String, ?>> attributes);

        /** Offers the candidate of an experiment that has one. */
        Call<T> candidate(Implementation<? extends T, ?> candidate);

        /**
         * Offers the candidate of an experiment that has one, with its argument, which is copied as for {@link
         * Experiment#run(Object, Operation, Operation)}: on the caller's thread before the primary runs, and only if the
         * candidate is going to be started.
         *
         * @param argument the caller's own object
         * @param candidate gets a copy of it
         */
        <A extends @Nullable Object> Call<T> candidate(A argument, Operation<? super A, ? extends T, ?> candidate);

        /**
         * Offers a candidate by one of the names the experiment has. Each name once; a name without an offer is
         * skipped.
         */
        Call<T> candidate(String name, Implementation<? extends T, ?> candidate);

        /**
         * Offers a candidate of another type.
         *
         * @param translation turns its answer into the primary's type; off the caller's path, outside the measured
         *     time and the deadline of the candidate, within the time for comparing. When it throws: {@link
         *     Verdict.Reason#TRANSLATION_FAILED}. Not called for null
         */
        <C> Call<T> candidate(
                String name, Implementation<? extends C, ?> candidate, Function<? super C, ? extends T> translation);

        /** Offers the asynchronous candidate of an experiment that has one, for {@link #runAsync}. */
        Call<T> asyncCandidate(Implementation<? extends CompletionStage<? extends T>, ?> candidate);

        /**
         * Offers the asynchronous candidate of an experiment that has one, for {@link #runAsync}, with its argument.
         *
         * @param argument copied as for {@link #candidate(Object, Operation)}
         * @param candidate gets a copy of it
         */
        <A extends @Nullable Object> Call<T> asyncCandidate(
                A argument, Operation<? super A, ? extends CompletionStage<? extends T>, ?> candidate);

        /** Offers an asynchronous candidate by name, for {@link #runAsync}. */
        Call<T> asyncCandidate(String name, Implementation<? extends CompletionStage<? extends T>, ?> candidate);

        /**
         * Says how the primary runs a second time, where {@link ExperimentOptions.Builder#replicateRate} has it do so: for a
         * primary that cannot simply be called twice, such as what an interceptor proceeds to. Otherwise the second run calls
         * the primary itself, on what it captured.
         *
         * @param argument copied as for {@link #candidate(Object, Operation)}
         * @param again gets a copy of it and does what the primary does; for {@link #runAsync} it returns a stage
         */
        <A extends @Nullable Object> Call<T> replicate(A argument, Operation<? super A, ?, ?> again);

        /**
         * Declares that the stages which this call's candidates return are owned, as {@link
         * ExperimentOptions.Builder#ownedFutures} does for all calls, and that of its {@link #replicate} too: for who makes
         * those stages for this call alone, such as by subscribing to something.
         */
        Call<T> ownedFutures();

        /**
         * Runs the call; like {@link Experiment#run(Implementation, Implementation)}. Without a candidate only the
         * primary runs, and nothing is counted.
         */
        <X extends Throwable> @Nullable T run(Implementation<? extends T, X> primary) throws X;

        /** Runs the call; like {@link Experiment#runAsync}. */
        <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(Implementation<S, X> primary)
                throws X;
    }
}
