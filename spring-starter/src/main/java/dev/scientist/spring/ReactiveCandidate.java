package dev.scientist.spring;

import dev.scientist.Implementation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One run of a candidate that returns a {@code Mono} or {@code Flux}. The candidate is called at subscription, outside
 * of a transaction of the thread and with a security context of its own, and observed to its end.
 *
 * @param experiment the name of the experiment
 * @param candidate called once; returns the publisher
 * @param observation null if nothing is observed
 * @param security null if the application has no Spring Security
 */
record ReactiveCandidate(
        String experiment,
        Implementation<Object, Throwable> candidate,
        @Nullable CandidateObservation observation,
        @Nullable SecurityCarrier security) {

    // The key of Micrometer's ObservationThreadLocalAccessor, whose library is optional.
    private static final String CURRENT_OBSERVATION = "micrometer.observation";

    Mono<Object> mono() {
        Mono<Object> made = Mono.deferContextual(context -> {
            CandidateObservation.Run run = start(context);
            Mono<Object> answer = Mono.fromDirect(called(run));
            return run == null
                    ? answer
                    : answer.doOnSuccess(
                                    // ends before the value is passed on, because the subscriber cancels then
                                    value -> run.end(null))
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

    /** The publisher that the candidate returned; a publisher of the error if it threw one. */
    @SuppressWarnings("unchecked") // the candidate declares a Mono or Flux
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

    /**
     * Subscribes outside of a transaction of the thread, because with SAME_THREAD the whole
     * run would be in the caller's.
     */
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
