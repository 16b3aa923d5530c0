package dev.scientist.samples.markdown;

import dev.scientist.Tally;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows the progress where there is no terminal, such as in a log: a line for each part, and for each quarter of a long
 * one.
 */
final class ProgressLines implements Progress {

    private static final int LONG = 1000;
    private static final int STEPS = 4;

    private final PrintStream out;
    private final AtomicInteger made = new AtomicInteger();
    private String title = "";
    private int calls;

    ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(String part, int count, Tally tally) {
        title = part;
        calls = count;
        made.set(0);
        out.println(title + ": " + Figures.count(calls, "call"));
    }

    @Override
    public void advance() {
        int now = made.incrementAndGet();
        if (calls > LONG && now < calls && now % (calls / STEPS) == 0) {
            out.println(title + ": " + Figures.count(now) + " of " + Figures.count(calls));
        }
    }

    @Override
    public void end() {
        out.println();
    }
}
