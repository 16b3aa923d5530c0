package dev.scientist.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.CompilerHints;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks in interleaved rounds: each turn is one iteration of JMH's own loop, in this process. */
public final class Loops {

    private Loops() {}

    /**
     * Measures benchmark methods, in nanoseconds per call.
     *
     * @param type holds the methods
     * @param methods the name to report, and the method's name
     */
    public static Rounds<Double> play(Class<?> type, Map<String, String> methods, Effort effort) throws Exception {
        Map<String, String> warm = new LinkedHashMap<>(methods);
        Rounds.play(warm, 0, effort.pick(2, 3), method -> iteration(type, method, 300));
        int millis = effort.pick(60, 150);
        return Rounds.play(methods, 1, effort.rounds(), method -> iteration(type, method, millis));
    }

    /**
     * The options that tell the compiler which methods of JMH it must not optimise away. The process that calls {@link
     * #play} needs them.
     */
    public static List<String> javaOptions() {
        List<String> options = new ArrayList<>();
        CompilerHints.addCompilerHints(options);
        return options;
    }

    private static double iteration(Class<?> type, String method, int millis) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("^" + type.getCanonicalName().replace(".", "\\.") + "\\." + method + "$")
                        .forks(0)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(millis))
                        .shouldDoGC(false)
                        .syncIterations(false)
                        .jvmArgsAppend()
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
    }
}
