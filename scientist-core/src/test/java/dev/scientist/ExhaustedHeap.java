package dev.scientist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for a separate virtual machine with a small heap. It uses up the heap again and again while callers go on
 * calling experiments, and afterwards prints what went wrong.
 */
final class ExhaustedHeap {

    private static final int TIMES = 6;
    private static final int CALLERS = 3;
    private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Integer ANSWER = 1;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger uncaught = new AtomicInteger();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    private ExhaustedHeap() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> wrong = new ExhaustedHeap().check();
        wrong.forEach(System.out::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private List<String> check() throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.incrementAndGet());
        Scientist scientist = Scientist.builder()
                .logging(false)
                .ticker(() -> System.nanoTime() + ticker.getAsLong())
                .publisher(trial -> {})
                .build();
        Experiment<Integer> experiment =
                scientist.experiment("experiment", options -> options.start(ExperimentOptions.Start.POLLED));
        Experiment<Integer> immediate =
                scientist.experiment("immediate", options -> options.start(ExperimentOptions.Start.IMMEDIATE));
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> call(experiment, immediate), "caller " + i);
            callers.add(caller);
            caller.start();
        }

        int ends = 0;
        for (int i = 0; i < TIMES; i++) {
            ends += useUpHeap();
        }
        isOver.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        List<String> wrong = new ArrayList<>();
        // A permit that was lost meanwhile comes back within a minute; until then a call may find none.
        awaitCandidate("a polled candidate runs", experiment, wrong);
        awaitCandidate("an immediate candidate runs", immediate, wrong);
        Waiting.until(
                "permits are back",
                () -> {
                    ticker.advance(LOOK);
                    return experiment.tally().inFlight() == 0
                            && immediate.tally().inFlight() == 0;
                },
                wrong);
        long counted = experiment.tally().calls("candidate") + immediate.tally().calls("candidate");
        System.out.println("the heap was used up " + ends + " times, " + calls + " calls, not counted: "
                + (calls.get() - counted) + ", errors of callers: " + foreign + ", lost permits: "
                + experiment.tally().hookFailures(Tally.Hook.LOST_PERMIT));
        if (counted > calls.get()) {
            wrong.add("counted are " + counted + " of " + calls + " calls");
        }
        if (uncaught.get() > 0) {
            wrong.add(uncaught + " errors have reached the handler of the process");
        }
        if (foreign.get() > 0) {
            wrong.add(foreign + " errors have reached callers");
        }
        if (ends < TIMES) {
            wrong.add("the heap was not used up");
        }
        Waiting.join(Waiting.start(scientist::close), "close() returns", wrong);
        return wrong;
    }

    /** Calls until a candidate runs, while the time goes on that lost permits need to come back. */
    private void awaitCandidate(String claim, Experiment<Integer> experiment, List<String> wrong) {
        AtomicBoolean ran = new AtomicBoolean();
        Implementation<Integer, RuntimeException> candidate = () -> {
            ran.set(true);
            return ANSWER;
        };

        Waiting.until(
                claim,
                () -> {
                    calls.incrementAndGet();
                    experiment.run(() -> ANSWER, candidate);
                    ticker.advance(LOOK);
                    return ran.get();
                },
                wrong);
    }

    /** Calls experiments whose sides allocate no memory, so that no error comes from them. */
    private void call(Experiment<Integer> experiment, Experiment<Integer> immediate) {
        Implementation<Integer, RuntimeException> side = () -> ANSWER;
        while (!isOver.get()) {
            calls.incrementAndGet();
            try {
                (calls.get() % 2 == 0 ? experiment : immediate).run(side, side);
            } catch (Throwable error) {
                foreign.incrementAndGet();
            }
            if (calls.get() % 16 == 0) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private static int useUpHeap() {
        Object[] held = null;
        int size = 1 << 20;
        while (size > 4) {
            try {
                Object[] more = new Object[size / 4];
                more[0] = held;
                held = more;
            } catch (OutOfMemoryError end) {
                size /= 2;
            }
        }
        long until = System.nanoTime() + HELD_NANOS;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        return held == null ? 0 : 1;
    }
}
