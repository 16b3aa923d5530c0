package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** What is subscribed to beside the primary. Its errors are wrapped as the primary's are, so that they are compared as they are. */
interface ShadowSource<T> {

    /** Subscribes, with what is put into the context, on the thread of the run. */
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
