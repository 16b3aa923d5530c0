package dev.scientist.reactor;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stands between the primary and its subscriber, passes every signal on, and tells the experiment what the primary
 * came to.
 *
 * <p>Threads: those of the primary, one signal at a time; {@link #cancel()} from any. Invariant: every signal is
 * passed on once, after {@code answer} was told. Consequence: the subscriber sees the primary as it is.
 */
final class ObservedSubscriber<E> implements CoreSubscriber<E>, Subscription {

    private final CoreSubscriber<? super E> subscriber;
    private final Answer<E> answer;
    private @Nullable Subscription subscription;

    private ObservedSubscriber(CoreSubscriber<? super E> subscriber, Answer<E> answer) {
        this.subscriber = subscriber;
        this.answer = answer;
    }

    /** The subscriber, observed once its call has been started; itself if nobody wants to know, so that it costs nothing further. */
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
            // As below; without a further object for each element.
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

    /** Contains even what should not happen, such as memory or stack running out here. */
    private static void tell(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            // The subscriber gets its signal all the same; the trial ends by its deadlines.
        }
    }
}
