package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.ObservedPrimary;
import dev.scientist.Operation;
import dev.scientist.PartialAnswer;
import dev.scientist.Shadow;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Starts a call of an experiment for each subscription to the primary, with the candidate beside it.
 *
 * @param experiment an experiment with one candidate
 * @param description adds key and attributes to each call
 * @param argument the candidate's argument, copied for each call
 * @param again creates, from another copy, the publisher for a second run of the primary
 * @param candidate creates the candidate's publisher from the copy
 */
record ReactiveCall<A extends @Nullable Object, T>(
        Experiment<T> experiment,
        UnaryOperator<Experiment.Call<T>> description,
        A argument,
        Function<? super A, ? extends ShadowSource<T>> again,
        Function<? super A, ? extends ShadowSource<T>> candidate) {

    // A key in the Reactor context of a candidate. Its value is the mark of the run.
    private static final String SHADOW = "dev.scientist.shadow";

    /**
     * Starts a call on the subscriber's thread.
     *
     * @param parts the answer if it comes in parts; null if it is a single element
     * @return the object to which the outcome is reported; null if it is not needed
     */
    @Nullable
    ObservedPrimary<T> start(@Nullable PartialAnswer parts, ContextView context) {
        Shadow shadow = context.getOrDefault(SHADOW, null);
        if (shadow == null) {
            return observed(parts, context);
        }
        // The pipeline belongs to a candidate, but this thread need not carry the mark.
        Shadow.Scope mark = shadow.enter();
        try {
            return observed(parts, context);
        } finally {
            mark.close();
        }
    }

    private @Nullable ObservedPrimary<T> observed(@Nullable PartialAnswer parts, ContextView context) {
        Experiment.Call<T> call = described(context);
        return parts == null ? call.observe() : call.observe(parts);
    }

    private Experiment.Call<T> described(ContextView context) {
        try {
            Experiment.Call<T> call = experiment.call();
            if (description.apply(call) != call) {
                throw new IllegalStateException("a description must return the call it was given");
            }
            Operation<A, CompletableFuture<? extends T>, RuntimeException> replicate =
                    copy -> subscribe(again.apply(copy), context);
            return call.asyncCandidate(argument, copy -> subscribe(candidate.apply(copy), context))
                    .replicate(argument, replicate)
                    .ownedFutures(); // each is a subscription of this call and ends with it
        } catch (Throwable thrown) {
            // The subscriber must not notice. The failure is thrown by the attributes, so that it is counted if the
            // call is sampled.
            return experiment
                    .call()
                    .attributesFrom(() -> {
                        throw sneaky(thrown);
                    })
                    .asyncCandidate(argument, copy -> subscribe(candidate.apply(copy), context));
        }
    }

    private CompletableFuture<? extends T> subscribe(ShadowSource<T> side, ContextView context) {
        Shadow mark = requireNonNull(Shadow.current(), "the mark of the run that subscribes");
        return side.subscribe(own -> own.putAll(CallersOwn.leftOutOf(context)).put(SHADOW, mark));
    }

    /** Throws the same error object, even a checked one, so that its own class is reported. */
    private static <X extends Throwable> RuntimeException sneaky(Throwable error) throws X {
        @SuppressWarnings("unchecked") // the cast is erased at run time
        X unseen = (X) error;
        throw unseen;
    }
}
