package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Releases one answer of a candidate, of which the library has no more use.
 *
 * @param answer as the candidate returned it
 * @param source what the answer is of, which keeps its permit until it is released; null if that was returned before
 */
record Release<T>(Setup<T> setup, Object answer, @Nullable RunState<T> source) implements Dispatcher.Work {

    /**
     * Releases, on a worker.
     *
     * @param isHere whether this thread may do it
     */
    static <T> void release(Setup<T> setup, Object answer, @Nullable RunState<T> source, boolean isHere) {
        Release<T> release = new Release<>(setup, answer, source);
        if (isHere) {
            release.run();
        } else {
            setup.engine().dispatcher().offerWithoutContext(release); // this thread may be anybody's
        }
    }

    @Override
    public void run() {
        try {
            Mdc.Scope mdc = Mdc.enter(source == null ? Map.of() : source.mdc(), setup.hooks());
            try {
                ThreadState.keep(() -> Shadow.hook(
                        () -> requireNonNull(setup.options().release).accept(answer)));
            } catch (Throwable thrown) {
                end(); // before it is reported
                setup.hooks().failed(Hook.RELEASE, thrown);
            } finally {
                mdc.close();
            }
        } catch (Throwable exhausted) {
            setup.hooks().failed(Hook.RELEASE, exhausted);
        } finally {
            end();
        }
    }

    /** Safe to call more than once. */
    private void end() {
        if (source != null) {
            source.released();
        }
    }

    @Override
    public void discard() {
        try {
            setup.engine().dispatcher().executeLast(this); // what it holds is open until then
        } catch (Throwable exhausted) {
            end();
        }
    }
}
