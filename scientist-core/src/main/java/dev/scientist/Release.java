package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Releases one answer of a candidate that the library no longer needs.
 *
 * @param answer the answer as the candidate returned it
 * @param source the run that returned the answer, which keeps its permit until the answer is released; null if the
 *     permit was returned before
 */
record Release<T>(
        ExperimentRuntime<T> runtime,
        Object answer,
        @Nullable RunState<T> source) implements Dispatcher.Work {

    /**
     * Releases an answer, on this thread or on a worker.
     *
     * @param isHere whether this thread may run the hook
     */
    static <T> void release(ExperimentRuntime<T> runtime, Object answer, @Nullable RunState<T> source, boolean isHere) {
        Release<T> release = new Release<>(runtime, answer, source);
        if (isHere) {
            release.run();
        } else {
            runtime.dispatcher().offerWithoutContext(release); // this may be any thread
        }
    }

    @Override
    public void run() {
        try {
            Mdc.Scope mdc = Mdc.enter(source == null ? Map.of() : source.mdc(), runtime.hooks());
            try {
                ThreadState.keep(() -> Shadow.hook(
                        () -> requireNonNull(runtime.options().release).accept(answer)));
            } catch (Throwable thrown) {
                end(); // before the failure is reported
                runtime.hooks().failed(Hook.RELEASE, thrown);
            } finally {
                mdc.close();
            }
        } catch (Throwable exhausted) {
            runtime.hooks().failed(Hook.RELEASE, exhausted);
        } finally {
            end();
        }
    }

    /** Reports that the answer is released. Safe to call more than once. */
    private void end() {
        if (source != null) {
            source.released();
        }
    }

    @Override
    public void discard() {
        try {
            runtime.dispatcher().executeLast(this); // what the answer holds stays open until then
        } catch (Throwable exhausted) {
            end();
        }
    }
}
