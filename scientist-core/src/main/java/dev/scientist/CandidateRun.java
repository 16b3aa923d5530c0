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
 * One run of a candidate in one trial. It asks the guards, calls the candidate under a deadline, and settles once.
 *
 * <p>Threads: the caller creates it, a worker runs it, the worker or the thread that completes the candidate's future
 * completes it, and the dispatcher finds it late. Invariant: it settles or is skipped once, tells its trial once, and
 * tells the guards first how it settled and then that it ended. Its permit returns when the guards have been told both,
 * it has been judged and its answer is released. Consequence: a late candidate is counted at its deadline, but occupies
 * its permit until it really ends.
 */
final class CandidateRun<T> extends RunState<T> implements Dispatcher.Work, Watch.Late, Reconciliation.Left {

    /** The trial to which a run belongs. */
    interface Owner {

        /**
         * Called once, when the candidate has settled or was skipped. {@code onWorker} tells whether the calling thread
         * may judge.
         */
        void arrived(boolean onWorker);

        /**
         * Gives up the whole trial, whatever its state. Called on the dispatcher's thread; safe to call more than once.
         */
        void giveUpLeft();

        /** Returns the captured context of the caller's thread, or null. */
        ContextCarrier.@Nullable Snapshot context();

        /** Called on a worker when that context has been set on its thread. */
        void contextIsOpen();

        /** Returns the caller's MDC. */
        Map<String, String> mdc();

        /** Returns the attributes of the call. */
        Map<String, Object> attributes();

        /** Returns the settings at the time of the call. */
        ExperimentSettings settings();
    }

    /**
     * The result of a run whose candidate was not called, because its context or beforeRun failed or it was no longer
     * wanted.
     */
    private static final Object NOT_PREPARED = new Object();

    private static final VarHandle IS_LEFT = Fields.handle(MethodHandles.lookup(), "isLeft", boolean.class);

    private final Owner owner;
    private final Implementation<?, ?> candidate;
    private final boolean isAsync;
    private final boolean isOwned;
    private final @Nullable CandidateRun<T> next;
    private final @Nullable Function<Object, ? extends T> translation;
    private volatile @Nullable Reason skipped; // null means NONE, because a write costs the caller a memory fence
    private volatile @Nullable AsyncCandidate<T> async; // null unless it has answered with a CompletionStage
    private volatile boolean unwanted;
    private volatile long startedAt;

    @SuppressWarnings("UnusedVariable") // accessed through IS_LEFT
    private volatile boolean isLeft;

    private Reconciliation.@Nullable Left nextLeft;

    /**
     * Creates a run whose permit has been taken. The runs of a trial are linked, which saves the caller a list.
     *
     * @param isAsync whether the candidate may return a future, whose completion is then its answer
     * @param isOwned whether such a future is cancelled when it is late or no longer wanted
     */
    CandidateRun(
            ExperimentRuntime<T> runtime,
            Owner owner,
            Role role,
            Implementation<?, ?> candidate,
            boolean isAsync,
            boolean isOwned,
            @Nullable Function<Object, ? extends T> translation,
            @Nullable CandidateRun<T> next) {
        super(runtime, role);
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

    /**
     * Turns the ruling about the rest of a streamed answer into one about all of it. Windows at its front may have been
     * compared before it was complete.
     */
    Ruling ofAll(Ruling ofRest) {
        AsyncCandidate<T> completed = async;
        if (completed == null) {
            return ofRest;
        }
        return ofRest.verdict() == Verdict.MATCHED && completed.isCutAtWindow()
                ? Ruling.uncompared(Reason.OVER_BUDGET)
                : ofRest.movedBy(completed.offset());
    }

    /** Returns the next run of the same trial, or null. */
    @Nullable
    CandidateRun<T> next() {
        return next;
    }

    /** Returns why the candidate was not run, or NONE. */
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
            Mdc.Scope mdc = Mdc.enter(owner.mdc(), runtime.hooks());
            try {
                take();
            } finally {
                mdc.close();
            }
        } catch (Throwable exhausted) { // out of memory or stack: failures of hooks and of the candidate are contained
            fail();
        }
    }

    /**
     * Leaves this run to the dispatcher, which ends it, because this thread is out of memory or stack. Allocates
     * nothing.
     */
    void fail() {
        pass(FAILED);
        runtime.engine().leave(this);
    }

    /**
     * Leaves the telling of guards to the dispatcher, for the same reason. The candidate may still be running.
     * Allocates nothing.
     */
    void leaveUntold() {
        pass(UNTOLD);
        runtime.engine().leave(this);
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
        clearLeft(); // first, so that a run that fails again can be left again
        owner.giveUpLeft();
    }

    /**
     * Completes the library's own work on this run if that failed before. Called on the dispatcher's thread; safe to
     * call more than once.
     */
    void endFailed() {
        int seen = passed();
        boolean hasEnded = (seen & FAILED) != 0;
        if (!hasEnded && (seen & UNTOLD) == 0) {
            return;
        }
        settle(new Outcome.Cancelled<>(Duration.ZERO)); // loses to an earlier outcome
        if (hasEnded) {
            released();
        }
        if ((seen & ADMITTED) != 0 || (!hasEnded && async != null)) {
            runtime.dispatcher().execute(new Aftermath(this, requireNonNull(outcome()), hasEnded));
            return;
        }
        int told = hasEnded ? SETTLEMENT_TOLD | ENDED : SETTLEMENT_TOLD; // no guard is to be told
        if (((pass(told) | told) & ENDED) != 0) {
            endIsTold();
        }
    }

    private void take() {
        if ((pass(TAKEN) & TAKEN) != 0) {
            return; // loses to discard(): the trial was given up before a worker got this run
        }
        if (unwanted || skipped() != Reason.NONE) { // given up while it waited for a worker
            skip(unwanted ? Reason.ABANDONED : skipped(), true);
            return;
        }
        Reason refusal = acquire();
        if (refusal != Reason.NONE) {
            skip(refusal, true);
            return;
        }
        startedAt = runtime.now();
        Watch watch = null;
        Object value = null;
        Throwable error = null;
        try {
            watch = watch();
            value = outcome() == null ? callWithContext() : NOT_PREPARED; // otherwise close() gave it up
        } catch (Throwable thrown) {
            error = thrown;
        }
        long endedAt = runtime.now();
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
                runtime.hooks().candidateThrew(error);
            }
        }
    }

    private @Nullable Watch watch() {
        if (runtime.isSameThread()) {
            return null;
        }
        long nanos = owner.settings().candidateTimeout().toNanos();
        Dispatcher dispatcher = runtime.dispatcher();
        boolean isInterrupted = role().mayBeInterrupted() && runtime.options().interruptLate;
        return isInterrupted ? dispatcher.watch(nanos, this) : dispatcher.watchNoThread(nanos, this);
    }

    @Override
    public void discard() {
        if ((pass(TAKEN) & TAKEN) != 0) {
            return; // loses to the worker, if the trial is given up while the run starts
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
        Duration elapsed = elapsed(runtime.now());
        AsyncCandidate<T> running = async;
        Object part = isCancelled || running == null ? null : running.atDeadline();
        if (part == null) {
            giveUp(isCancelled ? new Outcome.Cancelled<>(elapsed) : new Outcome.TimedOut<>(elapsed));
        } else if (giveUp(new Outcome.Returned<>(part, elapsed)) && runtime.options().release != null) {
            passAndFollow(KEPT, false);
        }
    }

    /**
     * Called when the caller gave up the call. A candidate that has not started is not called, and an asynchronous one
     * need not go on. Runs no user code.
     */
    void cancel() {
        unwanted = true;
        if (async != null) { // otherwise follow() sees unwanted after it has written the future
            giveUpUnwanted();
        }
    }

    private void giveUpUnwanted() {
        giveUp(new Outcome.Cancelled<>(elapsed(runtime.now())));
    }

    private boolean giveUp(Outcome<Object> outcome) {
        if (!settle(outcome)) {
            return false; // loses to a candidate that ends at the same time
        }
        try {
            if (isGuarded() || async != null) {
                runtime.dispatcher().execute(new Aftermath(this, outcome, false));
            } else {
                tellSettled(outcome); // without guards this tells nobody
            }
            owner.arrived(false);
        } catch (Throwable exhausted) {
            leaveUntold();
        }
        return true;
    }

    /**
     * Prevents the candidate from being called; false if it has been called already.
     *
     * @param reason the reason with which it is then skipped
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
            runtime.hooks().failed(Hook.CONTEXT, thrown);
            return NOT_PREPARED;
        }
        try {
            owner.contextIsOpen();
            Mdc.put(owner.mdc(), runtime.hooks()); // a context carrier may have put its own entries into the MDC
            return callAsShadow();
        } finally {
            try {
                scope.close();
            } catch (Throwable thrown) {
                runtime.hooks().failed(Hook.CONTEXT, thrown);
            }
        }
    }

    private @Nullable Object callAsShadow() throws Throwable {
        ThreadState before = ThreadState.ofCurrent();
        Shadow.Scope mark = Shadow.enter(runtime.name(), runtime.options().effects, this);
        try {
            return isPrepared() && isStillWanted() ? written(candidate.call()) : NOT_PREPARED;
        } finally {
            mark.close();
            before.restore();
        }
    }

    /**
     * Returns what is compared: the answer itself or its document. The time for writing the document is not counted as
     * the candidate's.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that has the answer writes it
    @Nullable
    Object written(@Nullable Object answer) {
        CandidateDocuments documents = runtime.judge().documents();
        if (documents == null || (isAsync && answer instanceof CompletionStage<?>)) {
            return answer;
        }
        long answeredAt = runtime.now();
        Object document = documents.of(answer, translation);
        startedAt += runtime.now() - answeredAt;
        return answer == null || runtime.options().release == null
                ? document
                : new CandidateDocuments.Written(answer, document);
    }

    private boolean isStillWanted() {
        return (pass(CALLED) & GIVEN_UP) == 0; // loses to late() or forestall() while the candidate was being prepared
    }

    private boolean isPrepared() {
        Consumer<Map<String, Object>> preparation = runtime.options().beforeRun;
        if (preparation == null) {
            return true;
        }
        try {
            preparation.accept(owner.attributes());
            return true;
        } catch (Throwable thrown) {
            runtime.hooks().failed(Hook.BEFORE_RUN, thrown);
            return false;
        }
    }

    private void follow(CompletionStage<?> pending, @Nullable Watch running) {
        // On the caller's own thread there is no deadline, but close() must still find a future that never completes.
        Watch watch = running == null ? runtime.dispatcher().watchNoThread(Long.MAX_VALUE / 2, this) : running;
        AsyncCandidate<T> followed = new AsyncCandidate<>(runtime, this, pending, isOwned, watch);
        async = followed;
        followed.listen();
        try {
            if (unwanted) {
                giveUpUnwanted(); // cancel() came before the future was known
            }
            if (outcome() instanceof Outcome.TimedOut || outcome() instanceof Outcome.Cancelled) {
                giveUpAsync(); // late() came between the call's return and the future becoming known
            }
        } catch (Throwable exhausted) { // the run ends when the future completes
            leaveUntold();
        }
    }

    void giveUpAsync() {
        AsyncCandidate<T> running = async;
        if (running != null) {
            long left = owner.settings().candidateTimeout().toNanos()
                    - elapsed(runtime.now()).toNanos();
            running.giveUp(left + AsyncCandidate.PATIENCE_NANOS);
        }
    }

    /** Called when the candidate has ended. Its outcome counts unless the run was given up before. */
    void complete(@Nullable Object value, @Nullable Throwable error, long endedAt, boolean onWorker) {
        Object compared = value instanceof CandidateDocuments.Written written ? written.document() : value;
        Object answer = value instanceof CandidateDocuments.Written written ? written.answer() : value;
        Outcome<Object> outcome = ended(compared, error, elapsed(endedAt));
        boolean isFirst = settle(outcome); // loses to the deadline, to closing, or to a cancellation
        if (isFirst) {
            tellSettled(outcome);
        }
        boolean isPartKept = !isFirst && outcome() instanceof Outcome.Returned; // late() has the part released
        if (runtime.options().release == null || (!isPartKept && (answer == null || error != null))) {
            released();
        } else if (answer == null || error != null) {
            // The part is released when the trial has been judged and published.
        } else if (isFirst && outcome.valueOrNull() == answer) {
            passAndFollow(KEPT, onWorker);
        } else {
            Release.release(runtime, answer, this, onWorker); // not needed: too late, or a document is compared
        }
        end();
        if (isFirst) {
            owner.arrived(onWorker);
        }
    }

    private Outcome<Object> ended(@Nullable Object value, @Nullable Throwable error, Duration elapsed) {
        if (!runtime.isSameThread() && elapsed.compareTo(owner.settings().candidateTimeout()) >= 0) {
            return new Outcome.TimedOut<>(elapsed); // past its deadline, even if the dispatcher has not noticed yet
        }
        return error == null ? new Outcome.Returned<>(value, elapsed) : new Outcome.Threw<>(error, elapsed);
    }

    private void skip(Reason reason, boolean onWorker) {
        skipped = reason;
        pass(SETTLEMENT_TOLD | ENDED | RELEASED);
        endIsTold();
        owner.arrived(onWorker);
    }

    /** Called when its future is not waited for any more. The candidate then counts as ended. */
    void lost(String what) {
        Mdc.Scope mdc = Mdc.enter(mdc(), runtime.hooks());
        try {
            runtime.hooks().failed(Hook.LOST_FUTURE, what);
            released(); // an answer that still comes is released later, without a permit
            end();
        } finally {
            mdc.close();
        }
    }

    /** Undoes what was acquired for a candidate that was then not called. */
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
            runtime.dispatcher().unwatch(watch);
        }
    }

    private Duration elapsed(long now) {
        return Duration.ofNanos(Math.max(0, now - startedAt));
    }
}
