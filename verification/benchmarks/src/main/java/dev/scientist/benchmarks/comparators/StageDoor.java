package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Contender.Comparison;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The process of a {@link Stage}: reads the number of a case, prepares, says that it is ready, compares, and says what
 * came of it; one line each.
 */
public final class StageDoor {

    private static final long LONGEST_WORTH_A_SECOND_CALL = TimeUnit.MILLISECONDS.toNanos(500);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private StageDoor() {}

    /** Takes the type of a {@link Contest.Host}, and the name of a contender. */
    public static void main(String[] args) throws Exception {
        Contest.Host host = Class.forName(args[0])
                .asSubclass(Contest.Host.class)
                .getConstructor()
                .newInstance();
        Contest contest = host.contest();
        Contender contender = Objects.requireNonNull(contest.contenders().get(args[1]), args[1]);
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String number = requests.readLine(); number != null; number = requests.readLine()) {
            hear(contest.cases().get(Integer.parseInt(number)), contender, answers);
        }
        System.exit(0); // some peers leave threads behind
    }

    private static void hear(Case tried, Contender contender, PrintStream answers) {
        Hearing hearing;
        try {
            Comparison comparison = contender.of(tried.pair().get());
            answers.println("ready");
            hearing = hear(tried, comparison);
        } catch (Exception | StackOverflowError unprepared) {
            answers.println("ready");
            hearing = Hearing.thrown(unprepared, 0);
        }
        answers.println(hearing.line());
    }

    private static Hearing hear(Case tried, Comparison comparison) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            int answer = comparison.differences();
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (nanos < LONGEST_WORTH_A_SECOND_CALL) {
                long again = THREADS.getCurrentThreadCpuTime();
                comparison.differences();
                nanos = THREADS.getCurrentThreadCpuTime() - again;
            }
            return Hearing.of(tried, answer, (double) nanos);
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            return Hearing.thrown(thrown, (double) (THREADS.getCurrentThreadCpuTime() - start));
        }
    }
}
