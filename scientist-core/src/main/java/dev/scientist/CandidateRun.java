package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of one trial: asks the guards, runs, meets its deadline or not, and settles once.
 *
 * <p>Threads: created by the caller, run by a worker, completed by the worker or by whoever completes the
 * candidate's stage, found late by the dispatcher. Invariant: it settles or is skipped once, tells its trial once,
 * tells its guards first how it settled and then that it ended, and returns its permit when they have heard both, it
 * has been judged and its answer is released. Consequence: a late candidate is counted at its deadline and still takes its
 * place among the permits until it really ends.
 */
final class CandidateRun<T> extends RunState<T> implements Dispatcher.Work, Watch.Late, Reconciliation.Left {

    /** Where a candidate belongs; a trial. */
    interface Owner {

        /**
         * The candidate has settled or was skipped. Called once. {@code onWorker} tells whether the calling thread may
         * judge.
         */
        void arrived(boolean onWorker);

        /** Gives all of it up, as far as it came. On the dispatcher's thread; safe to call more than once. */
        void giveUpLeft();

        /** What the caller's thread had around it, or null. */
        ContextCarrier.@Nullable Snapshot context();

        /** That context is in place on the current thread, a worker's. */
        void contextIsOpen();

        /** What the caller's log lines carry. */
        Map<String, String> mdc();

        /** The attributes of the call. */
        Map<String, Object> attributes();

        /** The settings at the time of the call. */
        ExperimentSettings settings();
    }

    /** What the call comes to when the candidate was not called because its surroundings could not be prepared. */
    private static final Object NOT_PREPARED = new Object();

    private static final VarHandle IS_LEFT = Fields.handle(MethodHandles.lookup(), "isLeft", boolean.class);

    private final Owner owner;
    private final Implementation<?, ?> candidate;
    private final boolean isAsync;
    private final boolean isOwned;
    private final @Nullable CandidateRun<T> next;
    private final @Nullable Function<Object, ? extends T> translation;
    private volatile @Nullable Reason skipped; // null for NONE: to write it costs the caller a fence
    private volatile @Nullable CandidateStage<T> stage;
    private volatile boolean unwanted;
    private volatile long startedAt;

    @SuppressWarnings("UnusedVariable") // through IS_LEFT
    private volatile boolean isLeft;

    private Reconciliation.@Nullable Left nextLeft;

    /**
     * A run whose permit has been taken. The runs of a trial are a chain, because the caller pays for a list.
     *
     * @param isAsync whether a stage that it returns is followed
     * @param isOwned whether such a stage is cancelled when it is late, or not wanted any more
     */
    CandidateRun(
            Setup<T> setup,
            Owner owner,
            Role role,
            Implementation<?, ?> candidate,
            boolean isAsync,
            boolean isOwned,
            @Nullable Function<Object, ? extends T> translation,
            @Nullable CandidateRun<T> next) {
        super(setup, role);
        this.owner = owner;
        this.candidate = candidate;
        this.isAsync = isAsync;
        this.isOwned = isOwned;
        this.translation = translation;
        this.next = next;
    }

    @Override
    Map<String, String> mdc() {
        return owner.mdc();
    }

    /** A ruling about what is left of its answer, of which windows may have been compared before it was complete. */
    Ruling ofAll(Ruling ofRest) {
        CandidateStage<T> completed = stage;
        if (completed == null) {
            return ofRest;
        }
        return ofRest.verdict() == Verdict.MATCHED && completed.isCutAtWindow()
                ? Ruling.uncompared(Reason.OVER_BUDGET)
                : ofRest.movedBy(completed.offset());
    }

    /** The next candidate of the same trial, or null. */
    @Nullable
    CandidateRun<T> next() {
        return next;
    }

    /** Why it was not run, or NONE. */
    Reason skipped() {
        Reason reason = skipped;
        return reason == null ? Reason.NONE : reason;
    }

    @Nullable
    Function<Object, ? extends T> translation() {
        return translation;
    }

    @Override
    public void run() {
        try {
            Mdc.Scope mdc = Mdc.enter(owner.mdc(), setup.hooks());
            try {
                take();
            } finally {
                mdc.close();
            }
        } catch (Throwable exhausted) { // no hook's failure, nor the candidate's: those are contained
            fail();
        }
    }

    /** Leaves it to be ended, since the memory or the stack has run out here. Allocates nothing. */
    void fail() {
        pass(FAILED);
        setup.engine().leave(this);
    }

    /** Leaves it to be told of, for the same reason; it may not have ended. Allocates nothing. */
    void leaveUntold() {
        pass(UNTOLD);
        setup.engine().leave(this);
    }

    @Override
    public boolean markLeft() {
        return IS_LEFT.compareAndSet(this, false, true);
    }

    @Override
    public void clearLeft() {
        isLeft = false;
    }

    @Override
    public Reconciliation.@Nullable Left nextLeft() {
        return nextLeft;
    }

    @Override
    public void nextLeft(Reconciliation.@Nullable Left value) {
        nextLeft = value;
    }

    @Override
    public void giveUpLeft() {
        clearLeft(); // first: who fails again leaves it again
        owner.giveUpLeft();
    }

    /**
     * Does what is left to do, if the library's own work on it failed. On the dispatcher's thread; safe to call more than once.
     */
    void endFailed() {
        int seen = passed();
        boolean hasEnded = (seen & FAILED) != 0;
        if (!hasEnded && (seen & UNTOLD) == 0) {
            return;
        }
        settle(new Outcome.Cancelled<>(Duration.ZERO)); // loses to what it came to before
        if (hasEnded) {
            released();
        }
        if ((seen & ADMITTED) != 0 || (!hasEnded && stage != null)) {
            setup.engine().dispatcher().execute(new Aftermath(this, requireNonNull(outcome()), hasEnded));
            return;
        }
        int told = hasEnded ? SETTLEMENT_TOLD | ENDED : SETTLEMENT_TOLD; // nobody wants to know
        if (((pass(told) | told) & ENDED) != 0) {
            endIsTold();
        }
    }

    private void take() {
        if ((pass(TAKEN) & TAKEN) != 0) {
            return; // loses to discard(): its trial was given up before it was handed over
        }
        if (unwanted || skipped() != Reason.NONE) { // forestalled, while it waited for a worker
            skip(unwanted ? Reason.ABANDONED : skipped(), true);
            return;
        }
        Reason refusal = acquire();
        if (refusal != Reason.NONE) {
            skip(refusal, true);
            return;
        }
        startedAt = setup.engine().ticker().getAsLong();
        Watch watch = null;
        Object value = null;
        Throwable error = null;
        try {
            watch = watch();
            value = outcome() == null ? callWithContext() : NOT_PREPARED; // closing has given it up already
        } catch (Throwable thrown) {
            error = thrown;
        }
        long endedAt = setup.engine().ticker().getAsLong();
        if (watch != null) {
            watch.leaveThread();
        }
        if (value == NOT_PREPARED) {
            unwatch(watch);
            withdraw();
        } else if (error == null && value instanceof CompletionStage<?> pending && isAsync) {
            follow(pending, watch);
        } else {
            unwatch(watch);
            complete(value, error, endedAt, true);
            if (error != null) {
                setup.hooks().candidateThrew(error);
            }
        }
    }

    private @Nullable Watch watch() {
        if (setup.isSameThread()) {
            return null;
        }
        long nanos = owner.settings().candidateTimeout().toNanos();
        Dispatcher dispatcher = setup.engine().dispatcher();
        boolean isInterrupted = role().mayBeInterrupted() && setup.options().interruptLate;
        return isInterrupted ? dispatcher.watch(nanos, this) : dispatcher.watchNoThread(nanos, this);
    }

    @Override
    public void discard() {
        if ((pass(TAKEN) & TAKEN) != 0) {
            return; // loses to the worker, if its trial is given up while it starts
        }
        try {
            skip(Reason.SHUTDOWN, false);
        } catch (Throwable exhausted) {
            fail();
        }
    }

    @Override
    public void late(boolean isCancelled) {
        boolean isCalled = (pass(GIVEN_UP) & CALLED) != 0;
        if (isCancelled && !isCalled) {
            skipped = Reason.SHUTDOWN;
        }
        Duration elapsed = elapsed(setup.engine().ticker().getAsLong());
        CandidateStage<T> running = stage;
        Object part = isCancelled || running == null ? null : running.atDeadline();
        if (part == null) {
            giveUp(isCancelled ? new Outcome.Cancelled<>(elapsed) : new Outcome.TimedOut<>(elapsed));
        } else if (giveUp(new Outcome.Returned<>(part, elapsed)) && setup.options().release != null) {
            passAndFollow(KEPT, false);
        }
    }

    /** The caller gave up the call: an asynchronous candidate need not go on, or start. Runs nobody else's code. */
    void cancel() {
        unwanted = true;
        if (stage != null) { // otherwise follow() will see that it is unwanted, after it has written the stage
            giveUpUnwanted();
        }
    }

    private void giveUpUnwanted() {
        giveUp(new Outcome.Cancelled<>(elapsed(setup.engine().ticker().getAsLong())));
    }

    private boolean giveUp(Outcome<Object> outcome) {
        if (!settle(outcome)) {
            return false; // loses to a candidate that ends in this moment
        }
        try {
            if (isGuarded() || stage != null) {
                setup.engine().dispatcher().execute(new Aftermath(this, outcome, false));
            } else {
                tellSettled(outcome); // to nobody
            }
            owner.arrived(false);
        } catch (Throwable exhausted) {
            leaveUntold();
        }
        return true;
    }

    /**
     * Keeps the candidate from being called; false if it has been called already.
     *
     * @param reason what it counts as then
     */
    boolean forestall(Reason reason) {
        if ((pass(GIVEN_UP) & CALLED) != 0) {
            return false; // loses to the worker, which has called it
        }
        skipped = reason;
        return true;
    }

    private @Nullable Object callWithContext() throws Throwable {
        ContextCarrier.Snapshot context = owner.context();
        if (context == null) {
            return callAsShadow();
        }
        ContextCarrier.Scope scope;
        try {
            scope = context.open();
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.CONTEXT, thrown);
            return NOT_PREPARED;
        }
        try {
            owner.contextIsOpen();
            Mdc.put(owner.mdc(), setup.hooks()); // a carrier of a trace may have written its own there
            return callAsShadow();
        } finally {
            try {
                scope.close();
            } catch (Throwable thrown) {
                setup.hooks().failed(Hook.CONTEXT, thrown);
            }
        }
    }

    private @Nullable Object callAsShadow() throws Throwable {
        ThreadState before = ThreadState.ofCurrent();
        Shadow.Scope mark = Shadow.enter(setup.name(), setup.options().effects, this);
        try {
            return isPrepared() && isStillWanted() ? written(candidate.call()) : NOT_PREPARED;
        } finally {
            mark.close();
            before.restore();
        }
    }

    /** What is compared of an answer: itself, or its document. The candidate is not charged for writing that. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it: who has the answer
    @Nullable
    Object written(@Nullable Object answer) {
        CandidateDocuments documents = setup.judge().documents();
        if (documents == null || (isAsync && answer instanceof CompletionStage<?>)) {
            return answer;
        }
        long answeredAt = setup.engine().ticker().getAsLong();
        Object document = documents.of(answer, translation);
        startedAt += setup.engine().ticker().getAsLong() - answeredAt;
        return answer == null || setup.options().release == null
                ? document
                : new CandidateDocuments.Written(answer, document);
    }

    private boolean isStillWanted() {
        return (pass(CALLED) & GIVEN_UP) == 0; // loses to late() or forestall(), while it was being prepared
    }

    private boolean isPrepared() {
        Consumer<Map<String, Object>> preparation = setup.options().beforeRun;
        if (preparation == null) {
            return true;
        }
        try {
            preparation.accept(owner.attributes());
            return true;
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.BEFORE_RUN, thrown);
            return false;
        }
    }

    private void follow(CompletionStage<?> pending, @Nullable Watch running) {
        // Without a deadline on the caller's own thread, but closing must still find what never completes.
        Watch watch = running == null ? setup.engine().dispatcher().watchNoThread(Long.MAX_VALUE / 2, this) : running;
        CandidateStage<T> followed = new CandidateStage<>(setup, this, pending, isOwned, watch);
        stage = followed;
        followed.listen();
        try {
            if (unwanted) {
                giveUpUnwanted(); // cancel() came before the stage was known
            }
            if (outcome() instanceof Outcome.TimedOut || outcome() instanceof Outcome.Cancelled) {
                giveUpStage(); // late() came between the call's return and the stage becoming known
            }
        } catch (Throwable exhausted) { // it ends when the stage does
            leaveUntold();
        }
    }

    void giveUpStage() {
        CandidateStage<T> running = stage;
        if (running != null) {
            long left = owner.settings().candidateTimeout().toNanos()
                    - elapsed(setup.engine().ticker().getAsLong()).toNanos();
            running.giveUp(left + CandidateStage.PATIENCE_NANOS);
        }
    }

    /** The candidate has ended; what it came to counts unless it was given up before. */
    void complete(@Nullable Object value, @Nullable Throwable error, long endedAt, boolean onWorker) {
        Object compared = value instanceof CandidateDocuments.Written written ? written.document() : value;
        Object answer = value instanceof CandidateDocuments.Written written ? written.answer() : value;
        Outcome<Object> outcome = ended(compared, error, elapsed(endedAt));
        boolean isFirst = settle(outcome); // loses to the deadline, the end, or a cancellation
        if (isFirst) {
            tellSettled(outcome);
        }
        boolean isPartKept = !isFirst && outcome() instanceof Outcome.Returned; // which late() has released
        if (setup.options().release == null || (!isPartKept && (answer == null || error != null))) {
            released();
        } else if (answer == null || error != null) {
            // The part is released when the trial has been judged and published.
        } else if (isFirst && outcome.valueOrNull() == answer) {
            passAndFollow(KEPT, onWorker);
        } else {
            Release.release(setup, answer, this, onWorker); // the trial has no use for it: too late, or written
        }
        end();
        if (isFirst) {
            owner.arrived(onWorker);
        }
    }

    private Outcome<Object> ended(@Nullable Object value, @Nullable Throwable error, Duration elapsed) {
        if (!setup.isSameThread() && elapsed.compareTo(owner.settings().candidateTimeout()) >= 0) {
            return new Outcome.TimedOut<>(elapsed); // late is late, also where nobody looked in time
        }
        return error == null ? new Outcome.Returned<>(value, elapsed) : new Outcome.Threw<>(error, elapsed);
    }

    private void skip(Reason reason, boolean onWorker) {
        skipped = reason;
        pass(SETTLEMENT_TOLD | ENDED | RELEASED);
        endIsTold();
        owner.arrived(onWorker);
    }

    /** Its stage is not waited for any more: it counts as ended. */
    void lost(String what) {
        Mdc.Scope mdc = Mdc.enter(mdc(), setup.hooks());
        try {
            setup.hooks().failed(Hook.LOST_FUTURE, what);
            released(); // what it still returns is released without its permit
            end();
        } finally {
            mdc.close();
        }
    }

    /** Takes back what was acquired for a candidate that was then not called. */
    private void withdraw() {
        Outcome<Object> cancelled = new Outcome.Cancelled<>(Duration.ZERO);
        boolean isFirst = settle(cancelled); // loses to the deadline, if preparing took that long, or to closing
        if (isFirst) {
            skipped = skipped() == Reason.NONE ? Reason.UNSAFE : skipped;
            tellSettled(cancelled);
        }
        released();
        end();
        if (isFirst) {
            owner.arrived(true);
        }
    }

    private void unwatch(@Nullable Watch watch) {
        if (watch != null) {
            setup.engine().dispatcher().unwatch(watch);
        }
    }

    private Duration elapsed(long now) {
        return Duration.ofNanos(Math.max(0, now - startedAt));
    }
}
