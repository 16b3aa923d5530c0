package dev.scientist;

import static dev.scientist.ReadableOutcome.withoutValue;
import static java.util.Objects.requireNonNull;

import dev.scientist.Outcome.Kind;
import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call whose candidates were admitted: each has a permit. Both sides report to it, and whoever reports last starts
 * the judgement: a worker judges itself, any other thread leaves it to a worker.
 *
 * <p>Its way: {@link Judging} makes the answers readable, {@link CandidateVerdicts} gives each candidate its verdict,
 * which {@link Judge} decides where there are two outcomes to compare, and {@link #conclude} counts the verdicts in the
 * {@link Tally} and publishes the trial. {@code dev.scientist.decision.Evidence} is a publisher: there a published
 * verdict becomes evidence.
 *
 * <p>Permits: the {@link CandidateRun} returns a candidate's permit when three things are done: the candidate has
 * ended, this trial is judged or given up, and the answer is released, which waits for the publishers. A missed
 * deadline ends the wait for that candidate and counts the call, but returns no permit. A future that never completes
 * gives its permit back a minute after its deadline.
 *
 * <p>Threads: the caller (or the thread that completes the primary's future) reports the primary's outcome; workers, or
 * threads that complete candidates' futures, report those of the candidates. Invariant: {@code missing} falls by one
 * for each side and reaches 0 once; {@code concluded} is set once. Consequence: the trial is judged at most once and
 * counted exactly once, even if the judgement hangs and the dispatcher gives it up.
 */
final class PendingTrial<T> extends Link implements Dispatcher.Work, CandidateRun.Owner {

    private static final VarHandle MISSING = Fields.handle(MethodHandles.lookup(), "missing", int.class);
    private static final VarHandle CONCLUDED = Fields.handle(MethodHandles.lookup(), "concluded", boolean.class);

    private final ExperimentRuntime<T> runtime;
    private final ExperimentSettings settings;
    private final Map<String, Object> attributes;
    private final ContextCarrier.@Nullable Snapshot context;
    private final Map<String, String> mdc;
    private @Nullable CandidateRun<T> runs;

    // The parts of the primary's outcome, kept in fields so that the caller does not allocate objects for them. One
    // thread writes them before it reports the primary's arrival.
    private Kind primaryKind = Kind.CANCELLED;
    private @Nullable Object primaryResult;
    private boolean primaryCameElsewhere;
    private boolean snapshotIsLate;
    private boolean snapshotFailed;
    private Reason replicateSkipped = Reason.NONE;
    private @Nullable String traceId; // workers write it before they call a candidate, and read it when they judge
    private long primaryStartedAt;
    private long primaryEndedAt;

    @SuppressWarnings("UnusedVariable") // accessed through MISSING
    private volatile int missing;

    @SuppressWarnings("UnusedVariable") // accessed through CONCLUDED
    private volatile boolean concluded;

    PendingTrial(
            ExperimentRuntime<T> runtime,
            ExperimentSettings settings,
            Map<String, Object> attributes,
            ContextCarrier.@Nullable Snapshot context,
            Map<String, String> mdc) {
        this.runtime = runtime;
        this.settings = settings;
        this.attributes = attributes;
        this.context = context;
        this.mdc = mdc;
    }

    @Override
    public ContextCarrier.@Nullable Snapshot context() {
        return context;
    }

    @Override
    public void contextIsOpen() {
        if (context != null && traceId == null) {
            try {
                traceId = context.traceId();
            } catch (Throwable thrown) {
                runtime.hooks().failed(Hook.CONTEXT, thrown);
            }
        }
    }

    @Override
    public Map<String, String> mdc() {
        return mdc;
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public ExperimentSettings settings() {
        return settings;
    }

    // ---- on the caller's thread: both sides start ----

    /**
     * Records why the planned second run of the primary does not take place. The trial shows the reason, because calls
     * without a second run are not a random sample.
     */
    void skipReplicate(Reason reason) {
        replicateSkipped = reason;
    }

    /**
     * Hands a chain of candidates to workers, unless they are to wait for the primary. Each has a permit.
     *
     * @param epoch the epoch of {@link Permits} in which the permits were claimed; from now on they belong to this
     *     trial
     */
    void start(CandidateRun<T> started, int epoch) {
        int sides = 1 + length(started);
        runtime.permits().confirm(epoch, sides - 1);
        runs = started;
        MISSING.set(this, sides); // a plain write is enough: other threads get this trial through the queue
        switch (runtime.options().start) {
            case POLLED -> handOut(false);
            case IMMEDIATE -> handOut(true);
            case AFTER_PRIMARY, SAME_THREAD -> {}
        }
        primaryStartedAt = runtime.now();
    }

    /**
     * Called when the primary has returned. Takes the snapshot. Throws only if this thread is out of memory or stack.
     */
    void primaryReturned(@Nullable T value) {
        primaryEndedAt = runtime.now();
        tellHowLong();
        primaryKind = Kind.RETURNED;
        UnaryOperator<T> snapshot = runtime.options().snapshot;
        primaryResult = snapshot == null || value == null ? value : snapshotOf(value, snapshot);
        primaryArrived();
    }

    /**
     * Returns the snapshot, or null if it could not be taken: the value itself belongs to the caller, who may be
     * changing it.
     */
    private @Nullable T snapshotOf(T value, UnaryOperator<T> snapshot) {
        snapshotFailed = snapshotIsLate;
        if (snapshotIsLate) {
            return null;
        }
        try {
            return requireNonNull(snapshot.apply(value), "the snapshot of a value that is not null");
        } catch (Throwable thrown) {
            snapshotFailed = true;
            runtime.hooks().failed(Hook.SNAPSHOT, thrown);
            return null;
        }
    }

    /** Called when the primary threw. Throws only if this thread is out of memory or stack. */
    void primaryThrew(Throwable error) {
        primaryEndedAt = runtime.now();
        tellHowLong();
        primaryKind = Kind.THREW;
        primaryResult = error;
        primaryArrived();
    }

    private void tellHowLong() {
        AdaptiveSampling adaptive = runtime.adaptive();
        if (adaptive != null) {
            adaptive.took(true, settings, primaryEndedAt - primaryStartedAt);
        }
    }

    /**
     * Called when the caller has cancelled its asynchronous call. Throws only if this thread is out of memory or stack.
     */
    void primaryCancelled() {
        primaryEndedAt = runtime.now();
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.cancel();
        }
        primaryArrived();
    }

    /** Called when the primary's answer is longer than what may be kept of it. Never throws. */
    void primaryIsTooLong(OverBudgetException limit) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.cancel();
        }
        primaryNeverCame(false);
        runtime.hooks().warn(limit.getMessage() + "; such calls are not compared");
    }

    /** Returns how many runs are compared with the primary. */
    int runs() {
        return length(runs);
    }

    private static int length(@Nullable CandidateRun<?> chain) {
        int length = 0;
        for (CandidateRun<?> run = chain; run != null; run = run.next()) {
            length++;
        }
        return length;
    }

    boolean comparesDocuments() {
        return runtime.judge().documents() != null;
    }

    /** Records that the caller may have changed the value before the snapshot could be taken. */
    void snapshotIsLate() {
        snapshotIsLate = true;
    }

    /** Registers {@code late} to be called if the asynchronous primary is not complete after {@code nanos}. */
    Watch watchPrimary(long nanos, Watch.Late late) {
        return runtime.dispatcher().watchNoThread(nanos, late);
    }

    /** Has a worker ask the asynchronous primary, which is late, to end. */
    void ask(Dispatcher.Work question) {
        runtime.dispatcher().execute(question);
    }

    /** Runs user code on a worker with the caller's MDC, and restores the thread's state. */
    void asHook(Runnable body) {
        Mdc.Scope scope = Mdc.enter(mdc, runtime.hooks());
        try {
            ThreadState.keep(() -> Shadow.hook(body));
        } finally {
            scope.close();
        }
    }

    /** Records that a primary's answer in parts threw an exception. Never throws. */
    void answerFailed(Throwable error) {
        runtime.hooks().failed(Hook.PARTIAL_ANSWER, error);
    }

    /** Stops waiting for the asynchronous primary. Runs no user code. */
    void primaryNeverCame(boolean isCancelled) {
        primaryEndedAt = runtime.now(); // the primary's elapsed time ends here
        abandon(isCancelled ? Reason.CANCELLED : Reason.OVER_BUDGET);
        switch (runtime.options().start) {
            case POLLED, IMMEDIATE -> {}
            case AFTER_PRIMARY, SAME_THREAD -> endRuns(); // they were waiting for the primary: nothing else ends them
        }
    }

    void unwatchPrimary(Watch watch) {
        runtime.dispatcher().unwatch(watch);
    }

    /** Returns the time since {@code enteredAt} without the time of the primary. */
    long overheadNanos(long enteredAt) {
        return runtime.now() - enteredAt - (primaryEndedAt - primaryStartedAt);
    }

    /**
     * Records that the primary's future was completed by another thread than the caller's. The context of that thread
     * does not belong to this call.
     */
    void primaryCameElsewhere() {
        primaryCameElsewhere = true;
    }

    /**
     * Leaves this trial to the dispatcher, which gives it up, because this thread is out of memory or stack. Returns
     * false if no candidate was started and no permit belongs to this trial yet. May be called on any thread; allocates
     * nothing.
     */
    boolean leave() {
        CandidateRun<T> first = runs;
        if (first == null) {
            return false;
        }
        runtime.engine().leave(first);
        return true;
    }

    private void primaryArrived() {
        if (isLastToArrive()) {
            offer(this);
        }
        switch (runtime.options().start) {
            case POLLED, IMMEDIATE -> {}
            case AFTER_PRIMARY -> handOut(false);
            case SAME_THREAD -> runHere();
        }
    }

    private void handOut(boolean immediately) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (immediately) {
                runtime.dispatcher().execute(run);
            } else {
                offer(run);
            }
        }
    }

    private void offer(Dispatcher.Work work) {
        if (primaryCameElsewhere) {
            runtime.dispatcher().offerWithoutContext(work);
        } else {
            runtime.dispatcher().offer(work);
        }
    }

    private void runHere() {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (runtime.dispatcher().isStopped()) {
                run.discard(); // the scientist was closed while the primary ran
            } else {
                ThreadState.keep(run); // restores the thread for the next run and for the caller
            }
        }
    }

    // ---- where the sides meet ----

    @Override
    public void arrived(boolean onWorker) {
        if (!isLastToArrive()) {
            return; // other sides are still running
        }
        if (onWorker) {
            run();
        } else {
            runtime.dispatcher().offerWithoutContext(this);
        }
    }

    private boolean isLastToArrive() {
        return (int) MISSING.getAndAdd(this, -1) == 1;
    }

    // ---- on a worker: the judgement, which ends in conclude() ----

    @Override
    public void run() {
        try {
            Mdc.Scope scope = Mdc.enter(mdc, runtime.hooks());
            try {
                Shadow.hook(new Judging<>(runtime, this));
            } finally {
                scope.close();
                judgementIsOver(true);
            }
        } catch (Throwable exhausted) {
            leave();
        }
    }

    // ---- on any thread: the trial ends without a judgement ----

    /** Called when the scientist was closed before this trial was judged. */
    @Override
    public void discard() {
        try {
            abandon(Reason.CANCELLED);
        } catch (Throwable exhausted) {
            leave();
        }
    }

    /**
     * Gives up the call, whichever side caused that. The call is counted, and its permits return as the comment of this
     * class says. It is never judged afterwards, even if all sides still arrive. Safe to call more than once.
     */
    void abandon(Reason reason) {
        try {
            giveUp(reason, null);
        } finally {
            judgementIsOver(false); // even if giveUp failed for lack of memory and this may fail again
        }
    }

    /**
     * Abandons a trial that a thread left for lack of memory or stack, at whatever point that happened. Runs no user
     * code.
     */
    @Override
    public void giveUpLeft() {
        try {
            abandon(Reason.CANCELLED);
        } finally {
            endRuns();
        }
    }

    /** Ends the runs that no worker has taken, which will not be handed out any more, and those whose worker failed. */
    private void endRuns() {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.discard();
            run.endFailed();
        }
    }

    /**
     * Concludes the trial with the verdicts known so far.
     *
     * @param judged the judged candidates; null if they have not been judged
     */
    void giveUp(Reason reason, @Nullable Judged<T> judged) {
        Judged<T> found = judged;
        if (found == null) {
            List<Trial.@Nullable Candidate<T>> unjudged = new ArrayList<>(1);
            for (CandidateRun<T> run = runs; run != null; run = run.next()) {
                if (run.role().isCandidate()) {
                    unjudged.add(verdicts().unjudged(run, reason));
                }
            }
            found = new Judged<>(withoutValue(primary()), unjudged);
        }
        CandidateRun<T> replicate = replicate();
        conclude(found, replicate == null ? null : verdicts().unjudged(replicate, reason), false);
    }

    // ---- however the trial ends: count, publish (from where it becomes evidence), tell the runs ----

    /**
     * Counts the verdicts and publishes the trial, once. A candidate that is null in {@code found} was never called: it
     * is skipped, and no part of the published trial.
     *
     * @param replicate the result of the primary's second run, if there was one
     * @param onWorker whether this thread may run publishers
     */
    void conclude(Judged<T> found, Trial.@Nullable Candidate<T> replicate, boolean onWorker) {
        List<Trial.Candidate<T>> started = new ArrayList<>(found.candidates().size());
        if (!CONCLUDED.compareAndSet(this, false, true)) {
            return; // of the judgement and giveUp(), the second one loses
        }
        boolean isLeftToOthers = false;
        try {
            count(found.candidates(), started);
            if (!started.isEmpty()) {
                Trial.Candidate<T> again = replicate == null
                        ? CandidateVerdicts.ofSkippedReplicate(replicate(), replicateSkipped)
                        : replicate;
                isLeftToOthers = publish(trial(found.primary(), started, again), onWorker);
            }
        } finally {
            if (!isLeftToOthers) {
                publishingIsOver(onWorker);
            }
        }
    }

    /** Adds the candidates' verdicts to the tally, and collects the candidates that were started. */
    private void count(List<Trial.@Nullable Candidate<T>> judged, List<Trial.Candidate<T>> started) {
        int i = 0;
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (run.role().isCandidate()) {
                Trial.Candidate<T> candidate = judged.get(i++);
                runtime.tally()
                        .add(
                                run.role().index(),
                                candidate == null ? Ruling.skipped(run.skipped()) : candidate.ruling());
                if (candidate != null) {
                    started.add(candidate);
                }
            }
        }
    }

    private Trial<T> trial(Outcome<T> primary, List<Trial.Candidate<T>> started, Trial.@Nullable Candidate<T> again) {
        Instant endedAt = runtime.engine().instants().instant();
        boolean wasBegun = primaryKind != Kind.CANCELLED || primaryStartedAt != 0;
        Instant startedAt = wasBegun ? endedAt.minusNanos(runtime.now() - primaryStartedAt) : endedAt;
        return new Trial<>(runtime.name(), startedAt, endedAt, attributes, mdc, traceId, primary, started, again);
    }

    /** Publishes the trial; true if that is left to another thread. */
    private boolean publish(Trial<T> trial, boolean onWorker) {
        PublisherFanOut publishers = runtime.engine().publishers();
        if (runtime.isSameThread() && onWorker) {
            publishers.publishHere(trial, runtime.hooks());
        } else if (onWorker) {
            publishers.publish(trial, runtime.hooks());
        } else {
            publishers.publishElsewhere(trial, runtime.hooks(), () -> publishingIsOver(true));
            return true;
        }
        return false;
    }

    /** Tells the runs that this trial is judged, or never will be: the second condition of their permits. */
    private void judgementIsOver(boolean onWorker) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.judged(onWorker);
        }
    }

    /**
     * Tells the runs that the publishers are done, or have nothing to do: answers are released, the third condition.
     */
    private void publishingIsOver(boolean onWorker) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.published(onWorker);
        }
    }

    private CandidateVerdicts<T> verdicts() {
        return new CandidateVerdicts<>(runtime);
    }

    // ---- for the judgement ----

    /** Returns the first run of the chain. */
    @Nullable
    CandidateRun<T> first() {
        return runs;
    }

    /** Returns the primary's second run; null if there is none. */
    @Nullable
    CandidateRun<T> replicate() {
        CandidateRun<T> run = runs;
        while (run != null && run.role().isCandidate()) {
            run = run.next();
        }
        return run;
    }

    /** Whether the trial has been counted, so that later findings are ignored. */
    boolean isConcluded() {
        return concluded;
    }

    /** Whether no snapshot shows the primary's answer as the caller got it. */
    boolean snapshotFailed() {
        return snapshotFailed;
    }

    /** Returns what the primary did. */
    Outcome<T> primary() {
        boolean isKnown = primaryKind != Kind.CANCELLED || (primaryStartedAt != 0 && primaryEndedAt != 0);
        Duration elapsed = isKnown ? Duration.ofNanos(primaryEndedAt - primaryStartedAt) : Duration.ZERO;
        return switch (primaryKind) {
            case RETURNED -> {
                @SuppressWarnings("unchecked") // written by primaryReturned
                T value = (T) primaryResult;
                yield new Outcome.Returned<>(value, elapsed);
            }
            case THREW -> new Outcome.Threw<>((Throwable) requireNonNull(primaryResult), elapsed);
            case TIMED_OUT, CANCELLED -> new Outcome.Cancelled<>(elapsed);
        };
    }
}
