package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Operation;
import dev.scientist.reactor.ReactiveExperiment;
import java.util.List;
import java.util.function.UnaryOperator;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs methods that answer with what a {@code Mono} or {@code Flux} yields; each subscription is a call. */
record ReactivePlan(
        Experiment<Object> experiment,
        CandidateSide side,
        @Nullable CallDescription description,
        @Nullable CandidateObservation observation,
        @Nullable SecurityCarrier security)
        implements Plan {

    @Override
    @SuppressWarnings(
            "unchecked") // the candidate declares the same type as the primary, and nothing here looks at the elements
    public @Nullable Object run(MethodInvocation call) throws Throwable {
        @Nullable Object[] arguments = call.getArguments().clone(); // copied before advice further in may replace them
        Object primary = call.proceed();
        Operation<@Nullable Object[], Object, Throwable> candidate = side.of(call);
        Operation<@Nullable Object[], Object, Throwable> again = new PrimaryCall<>(call);
        if (primary instanceof Mono<?> mono) {
            return ReactiveExperiment.of(experiment)
                    .describedBy(describe(arguments))
                    .on(arguments)
                    .replicate(copy -> run(again, copy, null).mono())
                    .mono(
                            own -> (Mono<Object>) mono,
                            copy -> run(candidate, copy, observation).mono());
        }
        if (primary instanceof Flux<?> flux) {
            return ReactiveExperiment.ofList((Experiment<List<Object>>) (Experiment<?>) experiment)
                    .describedBy(describe(arguments))
                    .on(arguments)
                    .replicate(copy -> run(again, copy, null).flux())
                    .flux(
                            own -> (Flux<Object>) flux,
                            copy -> run(candidate, copy, observation).flux());
        }
        return primary; // null, to which nobody can subscribe
    }

    private <T> UnaryOperator<Experiment.Call<T>> describe(@Nullable Object[] arguments) {
        CallDescription known = description;
        return known == null ? UnaryOperator.identity() : call -> known.describe(call, arguments);
    }

    private ReactiveCandidate run(
            Operation<@Nullable Object[], Object, Throwable> side,
            @Nullable Object[] arguments,
            @Nullable CandidateObservation observed) {
        return new ReactiveCandidate(experiment.name(), () -> side.apply(arguments), observed, security);
    }
}
