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
 * One call whose candidates were started: where the two sides meet. Whoever of them arrives last brings about the
 * judgement: a worker judges itself, anybody else leaves it to one.
 *
 * <p>Threads: the caller (or whoever completes the primary's stage) brings the primary's outcome, workers the
 * candidates'. Invariant: {@code missing} falls by one for each side and reaches 0 once; {@code concluded} is set
 * once. Consequence: the trial is judged once and counted once, even if the judgement hangs and is given up by the
 * dispatcher.
 */
final class PendingTrial<T> extends Link implements Dispatcher.Work, CandidateRun.Owner {

    private static final VarHandle MISSING = Fields.handle(MethodHandles.lookup(), "missing", int.class);
    private static final VarHandle CONCLUDED = Fields.handle(MethodHandles.lookup(), "concluded", boolean.class);

    private final Setup<T> setup;
    private final ExperimentSettings settings;
    private final Map<String, Object> attributes;
    private final ContextCarrier.@Nullable Snapshot context;
    private final Map<String, String> mdc;
    private @Nullable CandidateRun<T> runs;

    // The primary's outcome in parts, because the caller should not pay for objects. Written by one thread before it
    // arrives.
    private Kind primaryKind = Kind.CANCELLED;
    private @Nullable Object primaryResult;
    private boolean primaryCameElsewhere;
    private boolean snapshotIsLate;
    private boolean snapshotFailed;
    private Reason replicateSkipped = Reason.NONE;
    private @Nullable String traceId; // written by workers before they call, read once one has called
    private long primaryStartedAt;
    private long primaryEndedAt;

    @SuppressWarnings("UnusedVariable") // through MISSING
    private volatile int missing;

    @SuppressWarnings("UnusedVariable") // through CONCLUDED
    private volatile boolean concluded;

    PendingTrial(
            Setup<T> setup,
            ExperimentSettings settings,
            Map<String, Object> attributes,
            ContextCarrier.@Nullable Snapshot context,
            Map<String, String> mdc) {
        this.setup = setup;
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
                setup.hooks().failed(Hook.CONTEXT, thrown);
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

    /** The primary was to run a second time, and will not: its noise is not seen in this call, which is not left to chance. */
    void skipReplicate(Reason reason) {
        replicateSkipped = reason;
    }

    /**
     * Starts a chain of candidates, each of which has its permit, unless they are to wait for the primary.
     *
     * @param epoch in which the permits were claimed, which belong to this trial from now on
     */
    void start(CandidateRun<T> started, int epoch) {
        int sides = 1 + length(started);
        setup.permits().confirm(epoch, sides - 1);
        runs = started;
        MISSING.set(this, sides); // plain: whoever else reads it finds this trial in the queue
        switch (setup.options().start) {
            case POLLED -> hand(false);
            case IMMEDIATE -> hand(true);
            case AFTER_PRIMARY, SAME_THREAD -> {}
        }
        primaryStartedAt = setup.engine().ticker().getAsLong();
    }

    /** The primary has returned. Takes the snapshot; never throws. */
    void primaryReturned(@Nullable T value) {
        primaryEndedAt = setup.engine().ticker().getAsLong();
        tellHowLong();
        primaryKind = Kind.RETURNED;
        UnaryOperator<T> snapshot = setup.options().snapshot;
        primaryResult = snapshot == null || value == null ? value : snapshotOf(value, snapshot);
        primaryArrived();
    }

    /** Null if there is none: the value itself belongs to the caller, who may be changing it. */
    private @Nullable T snapshotOf(T value, UnaryOperator<T> snapshot) {
        snapshotFailed = snapshotIsLate;
        if (snapshotIsLate) {
            return null;
        }
        try {
            return requireNonNull(snapshot.apply(value), "the snapshot of a value that is not null");
        } catch (Throwable thrown) {
            snapshotFailed = true;
            setup.hooks().failed(Hook.SNAPSHOT, thrown);
            return null;
        }
    }

    /** The primary threw. Never throws. */
    void primaryThrew(Throwable error) {
        primaryEndedAt = setup.engine().ticker().getAsLong();
        tellHowLong();
        primaryKind = Kind.THREW;
        primaryResult = error;
        primaryArrived();
    }

    private void tellHowLong() {
        AdaptiveSampling adaptive = setup.adaptive();
        if (adaptive != null) {
            adaptive.took(true, settings, primaryEndedAt - primaryStartedAt);
        }
    }

    /** The caller cancelled its asynchronous call. Never throws. */
    void primaryCancelled() {
        primaryEndedAt = setup.engine().ticker().getAsLong();
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.cancel();
        }
        primaryArrived();
    }

    /** The primary's answer is longer than what is kept of one. Never throws. */
    void primaryIsTooLong(OverBudgetException limit) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.cancel();
        }
        primaryNeverCame(false);
        setup.hooks().warn(limit.getMessage() + "; such calls are not compared");
    }

    /** How many runs are compared with the primary. */
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
        return setup.judge().documents() != null;
    }

    /** The caller may have changed the value before the snapshot could be taken. */
    void snapshotIsLate() {
        snapshotIsLate = true;
    }

    /** Has somebody told when so much time has passed and the asynchronous primary is not complete. */
    Watch watchPrimary(long nanos, Watch.Late late) {
        return setup.engine().dispatcher().watchNoThread(nanos, late);
    }

    /** The asynchronous primary is not waited for any more. Runs nobody else's code. */
    void primaryNeverCame(boolean isCancelled) {
        primaryEndedAt = setup.engine().ticker().getAsLong(); // so far it has come
        abandon(isCancelled ? Reason.CANCELLED : Reason.OVER_BUDGET);
        switch (setup.options().start) {
            case POLLED, IMMEDIATE -> {}
            case AFTER_PRIMARY, SAME_THREAD -> endAll(); // they waited for it, and nobody else will end them
        }
    }

    void unwatchPrimary(Watch watch) {
        setup.engine().dispatcher().unwatch(watch);
    }

    /** What of the time since {@code enteredAt} was not the primary's. */
    long overheadNanos(long enteredAt) {
        return setup.engine().ticker().getAsLong() - enteredAt - (primaryEndedAt - primaryStartedAt);
    }

    /** The primary's stage is completed by a thread that is not the caller's: in its context nothing of this call belongs. */
    void primaryCameElsewhere() {
        primaryCameElsewhere = true;
    }

    /**
     * Leaves it to be given up, since the memory or the stack has run out here; false if nobody has started, nor taken a permit of
     * this trial. On any thread; allocates nothing.
     */
    boolean leave() {
        CandidateRun<T> first = runs;
        if (first == null) {
            return false;
        }
        setup.engine().leave(first);
        return true;
    }

    private void primaryArrived() {
        if (isLastToArrive()) {
            offer(this);
        }
        switch (setup.options().start) {
            case POLLED, IMMEDIATE -> {}
            case AFTER_PRIMARY -> hand(false);
            case SAME_THREAD -> runHere();
        }
    }

    private void hand(boolean immediately) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (immediately) {
                setup.engine().dispatcher().execute(run);
            } else {
                offer(run);
            }
        }
    }

    private void offer(Dispatcher.Work work) {
        if (primaryCameElsewhere) {
            setup.engine().dispatcher().offerWithoutContext(work);
        } else {
            setup.engine().dispatcher().offer(work);
        }
    }

    private void runHere() {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            ThreadState.keep(run); // what it and its hooks left is neither the next one's nor the caller's
        }
    }

    // ---- where the sides meet ----

    @Override
    public void arrived(boolean onWorker) {
        if (!isLastToArrive()) {
            return; // the others are still under way
        }
        if (onWorker) {
            run();
        } else {
            setup.engine().dispatcher().offerWithoutContext(this);
        }
    }

    private boolean isLastToArrive() {
        return (int) MISSING.getAndAdd(this, -1) == 1;
    }

    // ---- on a worker: compare, verdict, publish ----

    @Override
    public void run() {
        try {
            Mdc.Scope scope = Mdc.enter(mdc, setup.hooks());
            try {
                Shadow.hook(new Judging<>(setup, this));
            } finally {
                scope.close();
                letGo(true);
            }
        } catch (Throwable exhausted) {
            leave();
        }
    }

    /** Closed before it was judged. */
    @Override
    public void discard() {
        try {
            abandon(Reason.CANCELLED);
        } catch (Throwable exhausted) {
            leave();
        }
    }

    /**
     * Gives the call up, on whichever side the trouble is: counted, and its permits returned as the candidates end. Never
     * judged afterwards, whoever still arrives. Safe to call more than once.
     */
    void abandon(Reason reason) {
        try {
            giveUp(reason, null);
        } finally {
            letGo(false); // also where what failed was memory, and fails again
        }
    }

    /** As {@link #abandon}, whatever thread was at it, and however far it came. Runs nobody else's code. */
    @Override
    public void giveUpLeft() {
        try {
            abandon(Reason.CANCELLED);
        } finally {
            endAll();
        }
    }

    /** Those that were not handed to a worker will not be, and have ended; so have those whose worker failed. */
    private void endAll() {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.discard();
            run.endFailed();
        }
    }

    /**
     * Concludes with what is known.
     *
     * @param judged what the candidates came to; null if nobody has judged them
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

    /**
     * Counts and publishes.
     *
     * @param replicate what the primary's second run came to, if there was one
     * @param onWorker whether this thread may run publishers
     */
    void conclude(Judged<T> found, Trial.@Nullable Candidate<T> replicate, boolean onWorker) {
        List<Trial.Candidate<T>> started = new ArrayList<>(found.candidates().size());
        if (!CONCLUDED.compareAndSet(this, false, true)) {
            return; // loses to the other of judging and giveUp()
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
                published(onWorker);
            }
        }
    }

    /** Adds what the candidates came to, and collects those of them that were started. */
    private void count(List<Trial.@Nullable Candidate<T>> judged, List<Trial.Candidate<T>> started) {
        int i = 0;
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (run.role().isCandidate()) {
                Trial.Candidate<T> candidate = judged.get(i++);
                setup.tally()
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
        Instant endedAt = setup.engine().instants().instant();
        boolean wasBegun = primaryKind != Kind.CANCELLED || primaryStartedAt != 0;
        Instant startedAt =
                wasBegun ? endedAt.minusNanos(setup.engine().ticker().getAsLong() - primaryStartedAt) : endedAt;
        return new Trial<>(setup.name(), startedAt, endedAt, attributes, mdc, traceId, primary, started, again);
    }

    /** Publishes; true if that is left to another thread. */
    private boolean publish(Trial<T> trial, boolean onWorker) {
        PublisherFanOut publishers = setup.engine().publishers();
        if (setup.isSameThread() && onWorker) {
            publishers.publishHere(trial, setup.hooks());
        } else if (onWorker) {
            publishers.publish(trial, setup.hooks());
        } else {
            publishers.publishElsewhere(trial, setup.hooks(), () -> published(true));
            return true;
        }
        return false;
    }

    private void letGo(boolean onWorker) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.judged(onWorker);
        }
    }

    private void published(boolean onWorker) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            run.published(onWorker);
        }
    }

    private CandidateVerdicts<T> verdicts() {
        return new CandidateVerdicts<>(setup);
    }

    // ---- for whoever judges ----

    /** The first of the chain of runs. */
    @Nullable
    CandidateRun<T> first() {
        return runs;
    }

    /** The primary's second run; null if there is none. */
    @Nullable
    CandidateRun<T> replicate() {
        CandidateRun<T> run = runs;
        while (run != null && run.role().isCandidate()) {
            run = run.next();
        }
        return run;
    }

    /** Whether it has been counted, so that nothing that is still found is heard. */
    boolean isConcluded() {
        return concluded;
    }

    /** Whether the primary's answer is not known as the caller got it. */
    boolean snapshotFailed() {
        return snapshotFailed;
    }

    /** What the primary came to. */
    Outcome<T> primary() {
        boolean isKnown = primaryKind != Kind.CANCELLED || (primaryStartedAt != 0 && primaryEndedAt != 0);
        Duration elapsed = isKnown ? Duration.ofNanos(primaryEndedAt - primaryStartedAt) : Duration.ZERO;
        return switch (primaryKind) {
            case RETURNED -> {
                @SuppressWarnings("unchecked") // primaryReturned wrote it
                T value = (T) primaryResult;
                yield new Outcome.Returned<>(value, elapsed);
            }
            case THREW -> new Outcome.Threw<>((Throwable) requireNonNull(primaryResult), elapsed);
            case TIMED_OUT, CANCELLED -> new Outcome.Cancelled<>(elapsed);
        };
    }
}
