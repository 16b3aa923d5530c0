package dev.scientist;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program for a separate virtual machine, in which the stacks of callers overflow. A caller recurses to the end of
 * its stack, calls an experiment a given number of frames above that end, and catches the error as a web server does.
 * Afterwards the program prints what went wrong.
 *
 * <p>Arguments: the number of such virtual machines, and the index of this one.
 */
final class OverflowingCaller {

    private static final Implementation<Integer, RuntimeException> SIDE = () -> 1; // linked before the stack ends
    private static final List<Start> STARTS = List.of(Start.values());
    private static final int MOST_FRAMES = 140;
    private static final int STACK_BYTES = 400 * 1024;
    private static final long CLOSE_NANOS =
            TimeUnit.SECONDS.toNanos(3); // less than closing waits for what is in flight

    private final int above;
    private boolean overflowed;
    private int calls;
    private int uncounted;

    private OverflowingCaller(int above) {
        this.above = above;
    }

    public static void main(String[] args) throws InterruptedException {
        int machines = Integer.parseInt(args[0]);
        int machine = Integer.parseInt(args[1]);
        List<String> wrong = new ArrayList<>();
        int overflows = 0;
        int uncounted = 0;
        for (int i = machine; i < MOST_FRAMES * STARTS.size() && wrong.isEmpty(); i += machines) {
            Start start = STARTS.get(i % STARTS.size());
            OverflowingCaller caller = new OverflowingCaller((i / STARTS.size() * 37) % MOST_FRAMES);
            caller.check(start, wrong);
            overflows += caller.overflowed ? 1 : 0;
            uncounted += caller.uncounted;
        }
        System.out.println("overflows: " + overflows + ", not counted: " + uncounted);
        wrong.forEach(System.out::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private void check(Start start, List<String> wrong) throws InterruptedException {
        FakeTicker ticker = new FakeTicker();
        Scientist scientist = Scientist.builder().logging(false).ticker(ticker).build();
        Experiment<Integer> experiment = scientist.experiment("overflowing", options -> options.start(start));
        Experiment<Integer> other = scientist.experiment("other", options -> options.start(start));

        Thread caller = new Thread(null, () -> dig(experiment), "request", STACK_BYTES);
        caller.start();
        Waiting.join(caller, "the caller comes back", wrong);
        Thread next = Waiting.start(() -> other.run(SIDE, SIDE));
        Waiting.join(next, "the next caller comes back", wrong);
        Waiting.until("the next candidate runs", () -> other.tally().count(Verdict.MATCHED) == 1, wrong);
        ticker.advance(Duration.ofSeconds(30));
        Waiting.until(
                "permits are back",
                () -> {
                    ticker.advance(Duration.ofMillis(100)); // a minute altogether, at most
                    return experiment.tally().inFlight() == 0 && other.tally().inFlight() == 0;
                },
                wrong);
        long counted = experiment.tally().calls("candidate");
        if (counted > calls) {
            wrong.add("counted are " + counted + " of " + calls + " calls");
        }
        uncounted += calls - (int) counted;
        long startedAt = System.nanoTime();
        Thread closing = Waiting.start(scientist::close);
        Waiting.join(closing, "close() returns", wrong);
        if (System.nanoTime() - startedAt > CLOSE_NANOS) {
            wrong.add("close() waits for what will never come");
        }
        wrong.replaceAll(
                what -> what.endsWith(")") ? what : what + " (" + start + ", " + above + " frames above the end)");
    }

    @SuppressWarnings("InfiniteRecursion") // the recursion ends with the stack
    private int dig(Experiment<Integer> experiment) {
        int frames;
        try {
            frames = dig(experiment);
        } catch (StackOverflowError end) {
            frames = 0;
        }
        if (frames == above) {
            calls++;
            try {
                experiment.run(SIDE, SIDE);
            } catch (StackOverflowError tooDeep) {
                overflowed = true;
            }
        }
        return frames + 1;
    }
}
