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
 * The process of a {@link WorkerProcess}: reads the number of a case, prepares, says that it is ready, compares, and says what
 * came of it; one line each.
 */
public final class WorkerMain {

    private static final long LONGEST_WORTH_A_SECOND_CALL = TimeUnit.MILLISECONDS.toNanos(500);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WorkerMain() {}

    /** Takes the type of a {@link LineUp.Source}, and the name of a contender. */
    public static void main(String[] args) throws Exception {
        LineUp.Source source = Class.forName(args[0])
                .asSubclass(LineUp.Source.class)
                .getConstructor()
                .newInstance();
        LineUp lineUp = source.lineUp();
        Contender contender = Objects.requireNonNull(lineUp.contenders().get(args[1]), args[1]);
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String number = requests.readLine(); number != null; number = requests.readLine()) {
            qualify(lineUp.cases().get(Integer.parseInt(number)), contender, answers);
        }
        System.exit(0); // some peers leave threads behind
    }

    private static void qualify(Case tried, Contender contender, PrintStream answers) {
        Qualification qualification;
        try {
            Comparison comparison = contender.of(tried.pair().get());
            answers.println("ready");
            qualification = qualify(tried, comparison);
        } catch (Exception | StackOverflowError unprepared) {
            answers.println("ready");
            qualification = Qualification.thrown(unprepared, 0);
        }
        answers.println(qualification.line());
    }

    private static Qualification qualify(Case tried, Comparison comparison) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            int answer = comparison.differences();
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (nanos < LONGEST_WORTH_A_SECOND_CALL) {
                long again = THREADS.getCurrentThreadCpuTime();
                comparison.differences();
                nanos = THREADS.getCurrentThreadCpuTime() - again;
            }
            return Qualification.of(tried, answer, (double) nanos);
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            return Qualification.thrown(thrown, (double) (THREADS.getCurrentThreadCpuTime() - start));
        }
    }
}
