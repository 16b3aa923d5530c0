package dev.scientist;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares windows of long streams on workers. It is immutable and may be used by any thread. */
final class StreamWindows<T> implements PartialAnswer.Windows<T> {

    private final ExperimentRuntime<T> runtime;
    private final Supplier<ExperimentSettings> settings;

    private StreamWindows(ExperimentRuntime<T> runtime, Supplier<ExperimentSettings> settings) {
        this.runtime = runtime;
        this.settings = settings;
    }

    /** Returns the comparison; null if an option of the experiment needs answers as a whole. */
    static <T> @Nullable StreamWindows<T> of(ExperimentRuntime<T> runtime, Supplier<ExperimentSettings> settings) {
        ExperimentOptions<T> options = runtime.options();
        boolean isWhole = options.snapshot != null || options.release != null || !options.ignoreRules.isEmpty();
        return isWhole || !options.comparator.comparesInWindows() ? null : new StreamWindows<>(runtime, settings);
    }

    @Override
    public void compare(List<T> windows, Runnable equal, Runnable other) {
        // This may be any thread, and it should not have to wake a worker.
        runtime.dispatcher().offerWithoutContext(new Comparing<>(this, List.copyOf(windows), equal, other));
    }

    /**
     * One comparison of windows. A late comparator is interrupted. If it goes on all the same, its result is ignored,
     * and the stream becomes too long.
     */
    private record Comparing<T>(StreamWindows<T> owner, List<T> windows, Runnable equal, Runnable other)
            implements Dispatcher.Work {

        @Override
        public void run() {
            ThreadState before = ThreadState.ofCurrent();
            try {
                Runnable told = isEqualInTime() ? equal : other;
                told.run(); // without a watch: a candidate may continue here, which has its own deadline
            } catch (Throwable exhausted) {
                // Nobody is told, as if the windows had not been compared, and deadlines end the call.
            } finally {
                before.restore();
            }
        }

        private boolean isEqualInTime() {
            long limitNanos = owner.settings.get().comparisonTimeout().toNanos();
            Watch watch = owner.runtime.dispatcher().watch(limitNanos, isCancelled -> {});
            try {
                return Shadow.hook(this::isEqual);
            } finally {
                watch.leaveThread();
                owner.runtime.dispatcher().unwatch(watch);
            }
        }

        private boolean isEqual() {
            T primary = windows.get(0);
            return windows.stream()
                    .skip(1)
                    .allMatch(window -> owner.runtime.judge().areEqual(primary, window));
        }

        @Override
        public void discard() {
            // Nothing to do: closing gives up the call.
        }
    }
}
