package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Operation;
import dev.scientist.reactor.ReactorExperiments;
import java.util.List;
import java.util.function.UnaryOperator;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs methods whose answer is what a {@code Mono} or {@code Flux} yields; each subscription is a call. */
record ReactivePlan(
        Experiment<Object> experiment,
        CandidateSide side,
        @Nullable CallDescription description,
        @Nullable CandidateObservation observation)
        implements Plan {

    @Override
    @SuppressWarnings(
            "unchecked") // the candidate declares what the primary does, and nobody here looks at the elements
    public @Nullable Object run(MethodInvocation call) throws Throwable {
        @Nullable Object[] arguments = call.getArguments().clone(); // before advice further in may replace them
        Object primary = call.proceed();
        Operation<@Nullable Object[], Object, Throwable> candidate = side.of(call);
        if (primary instanceof Mono<?> mono) {
            return ReactorExperiments.run(
                    experiment,
                    describe(arguments),
                    arguments,
                    (Mono<Object>) mono,
                    copy -> candidate(candidate, copy).mono());
        }
        if (primary instanceof Flux<?> flux) {
            return ReactorExperiments.run(
                    (Experiment<List<Object>>) (Experiment<?>) experiment,
                    describe(arguments),
                    arguments,
                    (Flux<Object>) flux,
                    copy -> candidate(candidate, copy).flux());
        }
        return primary; // null, to which nobody can subscribe
    }

    private <T> UnaryOperator<Experiment.Call<T>> describe(@Nullable Object[] arguments) {
        CallDescription known = description;
        return known == null ? UnaryOperator.identity() : call -> known.describe(call, arguments);
    }

    private ReactiveCandidate candidate(
            Operation<@Nullable Object[], Object, Throwable> candidate, @Nullable Object[] arguments) {
        return new ReactiveCandidate(experiment.name(), () -> candidate.apply(arguments), observation);
    }
}
