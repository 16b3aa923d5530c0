package dev.scientist.reactor;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stands between the primary and its subscriber, passes every signal on, and reports the primary's outcome to the
 * experiment.
 *
 * <p>Threads: those of the primary, one signal at a time; {@link #cancel()} from any. Invariant: every signal is passed
 * on once, after {@code answer} was told. Consequence: the subscriber sees the primary's signals unchanged.
 */
final class ObservedSubscriber<E> implements CoreSubscriber<E>, Subscription {

    private final CoreSubscriber<? super E> subscriber;
    private final Answer<E> answer;
    private @Nullable Subscription subscription;

    private ObservedSubscriber(CoreSubscriber<? super E> subscriber, Answer<E> answer) {
        this.subscriber = subscriber;
        this.answer = answer;
    }

    /**
     * Returns an observing subscriber. If there is no answer to be told, this is the given subscriber, so that such a
     * call costs nothing more.
     */
    static <E> CoreSubscriber<? super E> of(CoreSubscriber<? super E> subscriber, @Nullable Answer<E> answer) {
        return answer == null ? subscriber : new ObservedSubscriber<>(subscriber, answer);
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
        try {
            answer.next(element);
        } catch (Throwable thrown) {
            // The subscriber gets its element all the same. This does not use tell(), which would allocate for each
            // element.
        }
        subscriber.onNext(element);
    }

    @Override
    public void onError(Throwable error) {
        tell(() -> answer.fail(error));
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        tell(answer::end);
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
        tell(answer::leave);
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
    }

    /** Reports a signal to the answer. Contains every failure, even running out of memory or stack. */
    private static void tell(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            // The subscriber gets its signal all the same. The trial ends at its deadlines.
        }
    }
}
