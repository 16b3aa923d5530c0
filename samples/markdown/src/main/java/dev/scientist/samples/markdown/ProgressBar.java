package dev.scientist.samples.markdown;

import dev.scientist.Tally;
import dev.scientist.Verdict;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress on a terminal, in one line that is overwritten, for each part in turn.
 *
 * <p>Threads: every calling thread advances; the one that finds that the next update is due paints it. Invariant:
 * {@code nextPaint} only grows. Consequence: an update is painted by one thread only, and no thread waits for another.
 */
final class ProgressBar implements Progress {

    private static final long APART = TimeUnit.MILLISECONDS.toNanos(80);
    private static final int WIDTH = 28;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final Terminal terminal;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong nextPaint = new AtomicLong(System.nanoTime());
    private String title = "";
    private int calls;
    private @Nullable Tally tally;

    ProgressBar(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void begin(String part, int count, Tally live) {
        title = part;
        calls = count;
        tally = live;
        made.set(0);
        paint(0);
    }

    @Override
    public void advance() {
        int now = made.incrementAndGet();
        long clock = System.nanoTime();
        long due = nextPaint.get();
        if (clock - due >= 0
                && nextPaint.compareAndSet(due, clock + APART)) { // loses to the thread that paints instead
            paint(now);
        }
    }

    @Override
    public void end() {
        out.print(ERASE_LINE);
        out.flush();
    }

    private void paint(int now) {
        double share = (double) now / Math.max(1, calls);
        long mismatched = tally == null ? 0 : tally.count(Verdict.MISMATCHED);
        String bar = Bars.horizontal(share, WIDTH);
        out.print(ERASE_LINE
                + String.format("  %-11s", title)
                + terminal.paint(Terminal.Ink.PRIMARY, bar)
                + "░".repeat(WIDTH - bar.length())
                + String.format(
                        Locale.ROOT, " %3.0f %%  %,6d of %,d, %,d mismatched", 100 * share, now, calls, mismatched));
        out.flush();
    }
}
