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
 * What each subscription runs: an experiment, with the candidate beside a primary that is subscribed to elsewhere.
 *
 * @param experiment has one candidate
 * @param description adds key and attributes to a call
 * @param argument of the candidate, copied for each call
 * @param again makes what is subscribed to where the primary runs a second time, of another copy
 * @param candidate makes what is subscribed to, of the copy
 */
record ReactiveCall<A extends @Nullable Object, T>(
        Experiment<T> experiment,
        UnaryOperator<Experiment.Call<T>> description,
        A argument,
        Function<? super A, ? extends ShadowSource<T>> again,
        Function<? super A, ? extends ShadowSource<T>> candidate) {

    // In the Reactor context of a candidate; its value is the mark of its run.
    private static final String SHADOW = "dev.scientist.shadow";

    /**
     * Starts a call on the subscriber's thread.
     *
     * @param parts tells of an answer that comes in parts; null for a single one
     * @return what to tell; null if nobody wants to know
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
                    .ownedFutures(); // each is a subscription of this call, which ends with it
        } catch (Throwable thrown) {
            // The subscriber must not notice. As attributes that cannot be told, it is counted where it matters.
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

    /** The very error, so that it is reported by its own class. */
    private static <X extends Throwable> RuntimeException sneaky(Throwable error) throws X {
        @SuppressWarnings("unchecked") // erased; the compiler believes it is an X
        X unseen = (X) error;
        throw unseen;
    }
}
