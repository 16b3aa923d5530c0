package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Fork;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process, which runs {@link WorkerMain}, in which one contender compares its cases. If a case takes too long the
 * process is ended, and the next case gets a new one.
 */
final class WorkerProcess implements AutoCloseable {

    private static final double LONGEST_PREPARATION_NANOS = TimeUnit.MINUTES.toNanos(1); // chosen: it takes a second
    private static final int MOST_WAITING = 30; // chosen: a machine with thirty times as much to do is not measured on
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    // No process lives long enough to be worth the second compiler.
    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    private final List<String> command;
    private @Nullable Line line;

    WorkerProcess(Class<? extends LineUp> lineUp, String contender) {
        this.command = Fork.command(JAVA_OPTIONS, WorkerMain.class, List.of(lineUp.getName(), contender));
    }

    /** Lets the contender compare the case of this number. */
    Qualification qualify(int number, double patienceNanos) throws Exception {
        Line open = line == null ? Line.open(command) : line;
        line = open;
        open.requests.println(number);
        try {
            open.next(LONGEST_PREPARATION_NANOS); // it is ready
            return Qualification.parse(open.next(patienceNanos));
        } catch (TimeoutException over) {
            close();
            return Qualification.over(patienceNanos, "");
        } catch (EOFException ended) {
            close();
            return Qualification.ended();
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        Line open = line;
        if (open != null) {
            open.process.destroyForcibly();
        }
        line = null;
    }

    /** The two streams to and from the process. */
    private record Line(Process process, PrintStream requests, BufferedReader answers) {

        static Line open(List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Line(
                    process,
                    new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
                    process.inputReader(StandardCharsets.UTF_8));
        }

        /**
         * Reads the next line.
         *
         * @param patience nanoseconds of processor time that the process may take meanwhile; the clock would be
         *     unfair where others use the machine as well
         * @throws TimeoutException if it takes more, or far longer than that without taking it
         * @throws EOFException if the process has ended
         */
        String next(double patience) throws Exception {
            CompletableFuture<String> next = CompletableFuture.supplyAsync(this::read, Line::onThreadOfItsOwn);
            double mostProcessor = processorNanos() + patience;
            double looks = 0; // counts looks, because the clock goes on while the whole machine stands still
            while (!next.isDone()) {
                if (processorNanos() > mostProcessor || ++looks * LOOK_NANOS > MOST_WAITING * patience) {
                    throw new TimeoutException();
                }
                next.copy()
                        .completeOnTimeout("", LOOK_NANOS, TimeUnit.NANOSECONDS)
                        .join();
            }
            if (next.get().isEmpty()) {
                throw new EOFException();
            }
            return next.get();
        }

        /** Reading blocks: on the common pool of two processors, one reader would keep all others waiting. */
        private static void onThreadOfItsOwn(Runnable reading) {
            Thread thread = new Thread(reading, "worker");
            thread.setDaemon(true);
            thread.start();
        }

        private double processorNanos() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
        }

        private String read() {
            try {
                String next = answers.readLine();
                return next == null ? "" : next;
            } catch (IOException closed) {
                return "";
            }
        }
    }
}
