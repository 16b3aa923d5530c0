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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class of a {@link WorkerProcess}. It reads the number of a case, prepares the comparison, prints that it is
 * ready, compares, and prints the qualification; one line each.
 */
public final class WorkerMain {

    private static final long LONGEST_WORTH_A_SECOND_CALL = TimeUnit.MILLISECONDS.toNanos(500);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WorkerMain() {}

    /** Takes the class of a {@link LineUp}, and the name of a contender. */
    public static void main(String[] args) throws Exception {
        LineUp lineUp = Class.forName(args[0])
                .asSubclass(LineUp.class)
                .getDeclaredConstructor()
                .newInstance();
        List<Case> cases = lineUp.cases();
        Contender<?> contender = lineUp.contenders().stream()
                .filter(each -> each.name().equals(args[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender \"" + args[1] + "\""));
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String number = requests.readLine(); number != null; number = requests.readLine()) {
            qualify(cases.get(Integer.parseInt(number)), contender, answers);
        }
        System.exit(0); // some peers leave threads behind that are no daemons
    }

    private static void qualify(Case tried, Contender<?> contender, PrintStream answers) {
        Qualification qualification;
        try {
            Comparison comparison = contender.prepare(tried.pair().get());
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
