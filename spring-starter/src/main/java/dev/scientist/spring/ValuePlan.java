package dev.scientist.spring;

import dev.scientist.Experiment;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs methods that answer with their return value, or with nothing. */
record ValuePlan(
        Experiment<Object> experiment,
        CandidateSide side,
        @Nullable CallDescription description) implements Plan {

    @Override
    public @Nullable Object run(MethodInvocation call) throws Throwable {
        Experiment.Call<Object> described = experiment.callUnlessSkipped();
        if (described == null) {
            return call.proceed(); // most calls end here, so that they pay for nothing more
        }
        @Nullable Object[] arguments = call.getArguments();
        if (description != null) {
            description.describe(described, arguments);
        }
        PrimaryCall<Object> primary = new PrimaryCall<>(call);
        return described
                .candidate(arguments, side.of(call))
                .replicate(arguments, primary)
                .run(primary);
    }
}
