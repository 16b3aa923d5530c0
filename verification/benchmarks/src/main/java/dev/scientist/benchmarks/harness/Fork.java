package dev.scientist.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one part in a Java machine of its own. */
public final class Fork {

    private static final int LONGEST_MINUTES = 10; // a part takes seconds or some minutes; a longer one hangs

    private Fork() {}

    /** Runs one part of a suite in another process; returns its goals, or one unmet goal if the process fails. */
    static List<Goal> measure(Suite suite, int number, Effort effort) throws InterruptedException {
        Suite.Part part = suite.parts().get(number);
        try {
            Path file = Files.createTempFile("scientist-benchmark", ".json");
            try {
                int exit = run(command(
                        part.javaOptions().get(),
                        Fork.class,
                        List.of(
                                suite.getClass().getName(),
                                String.valueOf(number),
                                effort.argument(),
                                file.toString())));
                return exit == 0
                        ? Results.readGoals(file)
                        : List.of(Goal.unmeasured(part.id(), "its process ended with " + exit));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return List.of(Goal.unmeasured(part.id(), e.toString()));
        }
    }

    /** The process of a part; takes the suite's class, the part's number, the effort, and the file for the goals. */
    public static void main(String[] args) throws Exception {
        Suite suite =
                Class.forName(args[0]).asSubclass(Suite.class).getConstructor().newInstance();
        Suite.Part part = suite.parts().get(Integer.parseInt(args[1]));
        List<Goal> goals = part.measurement().measure(Effort.of(args[2]));
        Results.writeGoals(goals, Path.of(args[3]));
        System.exit(0); // some rivals leave threads behind that are no daemons
    }

    /** The command line of another Java machine like this one. */
    public static List<String> command(List<String> javaOptions, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments()); // the user's own options
        command.addAll(javaOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            throw new IOException("it took longer than " + LONGEST_MINUTES + " minutes");
        } finally {
            process.destroyForcibly();
        }
    }
}
