package dev.scientist.reactor;

import dev.scientist.Experiment;
import dev.scientist.Shadow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Stands between the primary and its subscriber, passes every signal on, and tells the experiment what the primary
 * came to.
 *
 * <p>Threads: those of the primary, one signal at a time; {@link #cancel()} from any. Invariant: every signal is
 * passed on once, after {@code outcome} was told. Consequence: the subscriber sees the primary as it is.
 */
final class ObservedSubscriber<E, T> implements CoreSubscriber<E>, Subscription {

    // In the Reactor context of a candidate; its value is the name of the experiment.
    private static final String SHADOW = "dev.scientist.shadow";

    private final CoreSubscriber<? super E> subscriber;
    private final Answer<E, T> answer;
    private final CompletableFuture<T> outcome;
    private @Nullable Subscription subscription;

    private ObservedSubscriber(
            CoreSubscriber<? super E> subscriber, Answer<E, T> answer, CompletableFuture<T> outcome) {
        this.subscriber = subscriber;
        this.answer = answer;
        this.outcome = outcome;
    }

    /** Starts a call; the subscriber itself if the call is not in the sample, so that it costs nothing further. */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is told, not awaited
    static <E, T> CoreSubscriber<? super E> observe(
            CoreSubscriber<? super E> subscriber,
            Experiment<T> experiment,
            Mono<? extends T> candidate,
            Answer<E, T> answer) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        ContextView context = subscriber.currentContext();
        String shadow = context.getOrDefault(SHADOW, null);
        if (shadow == null) {
            start(experiment, outcome, candidate, context);
        } else {
            // The pipeline belongs to a candidate, but this thread need not carry the mark.
            Shadow.Scope mark = Shadow.enter(shadow);
            try {
                start(experiment, outcome, candidate, context);
            } finally {
                mark.close();
            }
        }
        boolean isFollowed = outcome.getNumberOfDependents() > 0; // by the trial, if there is one
        return isFollowed ? new ObservedSubscriber<>(subscriber, answer, outcome) : subscriber;
    }

    private static <T> void start(
            Experiment<T> experiment, CompletableFuture<T> outcome, Mono<? extends T> candidate, ContextView context) {
        experiment.runAsync(
                () -> outcome,
                () -> candidate
                        .onErrorMap(
                                CompletionException::new) // as for the primary, so that errors are compared as they are
                        .contextWrite(own -> own.putAll(context).put(SHADOW, experiment.name()))
                        .toFuture());
    }

    @Override
    public Context currentContext() {
        return subscriber.currentContext();
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(E element) {
        answer.add(element, outcome);
        subscriber.onNext(element);
    }

    @Override
    public void onError(Throwable error) {
        outcome.completeExceptionally(new CompletionException(error)); // which the experiment takes off again, once
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        answer.complete(outcome);
        subscriber.onComplete();
    }

    @Override
    public void request(long n) {
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.request(n);
        }
    }

    @Override
    public void cancel() {
        outcome.cancel(false);
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
    }
}
