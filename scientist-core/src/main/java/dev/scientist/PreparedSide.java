package dev.scientist;

import org.jspecify.annotations.Nullable;

/** Makes what runs aside ready to be called: copies its argument, if it has one. */
interface PreparedSide {

    /**
     * On the caller's thread, once the call is admitted. May throw; null if its argument must not be given to it, which
     * is told.
     */
    @Nullable
    Implementation<?, ?> prepare(ExperimentRuntime<?> runtime);

    /** One that works on a copy of the caller's argument. */
    static <A extends @Nullable Object> PreparedSide withCopy(A argument, Operation<? super A, ?, ?> operation) {
        return runtime -> {
            if (runtime.isWithheld(argument)) {
                return null;
            }
            A copy = runtime.options().argumentCopiers.copy(argument);
            return () -> operation.apply(copy);
        };
    }
}
