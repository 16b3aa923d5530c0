package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Operation;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs methods whose answer is what they return, or nothing. */
record ValuePlan(
        Experiment<Object> experiment,
        CandidateSide side,
        @Nullable CallDescription description) implements Plan {

    @Override
    public @Nullable Object run(MethodInvocation call) throws Throwable {
        @Nullable Object[] arguments = call.getArguments();
        Operation<@Nullable Object[], Object, Throwable> candidate = side.of(call);
        if (description == null) {
            return experiment.run(arguments, own -> call.proceed(), candidate);
        }
        return description
                .describe(experiment.call(), arguments)
                .candidate(arguments, candidate)
                .run(call::proceed);
    }
}
