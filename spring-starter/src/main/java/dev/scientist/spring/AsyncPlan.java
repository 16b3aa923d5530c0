package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Operation;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs methods that answer with what a {@code CompletionStage} yields. */
record AsyncPlan(
        Experiment<Object> experiment,
        CandidateSide side,
        @Nullable CallDescription description) implements Plan {

    @Override
    @SuppressWarnings("unchecked") // both sides declare a CompletionStage
    public @Nullable Object run(MethodInvocation call) throws Throwable {
        Experiment.Call<Object> described = experiment.callUnlessSkipped();
        if (described == null) {
            return call.proceed();
        }
        @Nullable Object[] arguments = call.getArguments();
        Operation<@Nullable Object[], Object, Throwable> candidate = side.of(call);
        if (description != null) {
            description.describe(described, arguments);
        }
        PrimaryCall<CompletionStage<Object>> primary = new PrimaryCall<>(call);
        return described
                .asyncCandidate(arguments, copy -> (CompletionStage<Object>) candidate.apply(copy))
                .replicate(arguments, primary)
                .runAsync(primary);
    }
}
