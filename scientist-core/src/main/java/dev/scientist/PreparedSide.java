package dev.scientist;

import org.jspecify.annotations.Nullable;

/** Prepares an implementation to be called on another thread, by copying its argument if it has one. */
interface PreparedSide {

    /**
     * Returns the implementation, ready to be called; null if it must not get its argument, which is warned of. Called
     * on the caller's thread once the call is admitted. May throw.
     */
    @Nullable
    Implementation<?, ?> prepare(ExperimentRuntime<?> runtime);

    /** Returns one that works on a copy of the caller's argument. */
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
