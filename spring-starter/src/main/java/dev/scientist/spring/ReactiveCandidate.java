package dev.scientist.spring;

import dev.scientist.Implementation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One run of a candidate that returns a {@code Mono} or {@code Flux}: called when it is subscribed to, observed to its
 * end, outside of a transaction of the thread, and with a security context of its own.
 *
 * @param experiment its name
 * @param candidate called once, makes the publisher
 * @param observation null where nothing is observed
 * @param security null where nobody is signed in
 */
record ReactiveCandidate(
        String experiment,
        Implementation<Object, Throwable> candidate,
        @Nullable CandidateObservation observation,
        @Nullable SecurityCarrier security) {

    // Of Micrometer's ObservationThreadLocalAccessor, whose library need not be there.
    private static final String CURRENT_OBSERVATION = "micrometer.observation";

    Mono<Object> mono() {
        Mono<Object> made = Mono.deferContextual(context -> {
            CandidateObservation.Run run = start(context);
            Mono<Object> answer = Mono.fromDirect(called(run));
            return run == null
                    ? answer
                    : answer.doOnSuccess(
                                    value -> run.end(null)) // before the value flows on, after which it is cancelled
                            .doOnError(run::end)
                            .doOnCancel(() -> run.end(null))
                            .contextWrite(own -> own.put(CURRENT_OBSERVATION, run.asParent()));
        });
        return Mono.fromDirect(outsideOfTransaction(made.contextWrite(this::withOwnIdentity)));
    }

    Flux<Object> flux() {
        Flux<Object> made = Flux.deferContextual(context -> {
            CandidateObservation.Run run = start(context);
            Flux<Object> answer = Flux.from(called(run));
            return run == null
                    ? answer
                    : answer.doOnComplete(() -> run.end(null))
                            .doOnError(run::end)
                            .doOnCancel(() -> run.end(null))
                            .contextWrite(own -> own.put(CURRENT_OBSERVATION, run.asParent()));
        });
        return Flux.from(outsideOfTransaction(made.contextWrite(this::withOwnIdentity)));
    }

    private CandidateObservation.@Nullable Run start(ContextView context) {
        return observation == null
                ? null
                : observation.start(experiment, context.getOrDefault(CURRENT_OBSERVATION, null));
    }

    /** What the candidate returned; what it threw, as a publisher. */
    @SuppressWarnings("unchecked") // it declares a Mono or Flux
    private Publisher<Object> called(CandidateObservation.@Nullable Run run) {
        try {
            Object publisher = run == null ? candidate.call() : run.within(candidate);
            return publisher == null
                    ? Mono.error(new NullPointerException("the candidate returned null instead of a publisher"))
                    : (Publisher<Object>) publisher;
        } catch (Throwable thrown) {
            return Mono.error(thrown);
        }
    }

    /** Subscribes outside of a transaction of the thread, in which SAME_THREAD would put the whole run. */
    private static Publisher<Object> outsideOfTransaction(Publisher<Object> candidate) {
        return subscriber -> {
            try {
                CallersTransaction.without(() -> {
                    candidate.subscribe(subscriber);
                    return null;
                });
            } catch (Throwable thrown) {
                subscriber.onError(thrown);
            }
        };
    }

    private Context withOwnIdentity(Context context) {
        return security == null ? context : ReactiveIdentity.own(context, security);
    }
}
