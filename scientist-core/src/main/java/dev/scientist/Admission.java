package dev.scientist;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks the guards of an experiment whether a candidate may run, and tells them how it went. Contains what they throw.
 *
 * <p>Threads: any that may run other people's code. Invariant: a candidate is admitted by all of them or by none.
 * Consequence: who is admitted tells all of them how it settled and that it ended.
 */
final class Admission {

    private Admission() {}

    /** Asks until one refuses, of which those that agreed before it hear; NONE if all agree. */
    static Reason acquire(Setup<?> setup) {
        int agreed = 0;
        for (CandidateGuard guard : setup.options().guards) {
            Reason refusal;
            try {
                refusal = Shadow.hook(() -> Gate.checked(guard.acquire()));
            } catch (Throwable thrown) {
                setup.hooks().failed(Hook.GUARD, thrown);
                refusal = Reason.UNSAFE;
            }
            if (refusal != Reason.NONE) {
                Outcome<Object> cancelled = new Outcome.Cancelled<>(Duration.ZERO);
                tell(setup, agreed, agreedBefore -> {
                    agreedBefore.settled(cancelled);
                    agreedBefore.ended();
                });
                return refusal;
            }
            agreed++;
        }
        return Reason.NONE;
    }

    /** Tells all of them. */
    static void tell(Setup<?> setup, Consumer<CandidateGuard> what) {
        tell(setup, setup.options().guards.size(), what);
    }

    private static void tell(Setup<?> setup, int count, Consumer<CandidateGuard> what) {
        for (int i = 0; i < count; i++) {
            CandidateGuard guard = setup.options().guards.get(i);
            try {
                Shadow.hook(() -> what.accept(guard));
            } catch (Throwable thrown) {
                setup.hooks().failed(Hook.GUARD, thrown);
            }
        }
    }
}
