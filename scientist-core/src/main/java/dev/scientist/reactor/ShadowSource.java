package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * A publisher that is subscribed to beside the primary. Its errors are wrapped in a CompletionException, which the
 * experiment removes again, so that the error itself is compared.
 */
interface ShadowSource<T> {

    /** Subscribes on the thread of the run, after changing the Reactor context. */
    CompletableFuture<? extends T> subscribe(UnaryOperator<Context> context);

    static <T> ShadowSource<T> of(Mono<? extends T> mono) {
        return context ->
                mono.onErrorMap(CompletionException::new).contextWrite(context).toFuture();
    }

    static <E> ShadowSource<java.util.List<E>> of(Flux<? extends E> flux, StreamAnswer<E> primary) {
        return context -> flux.onErrorMap(CompletionException::new)
                .contextWrite(context)
                .subscribeWith(StreamSide.beside(primary));
    }
}
