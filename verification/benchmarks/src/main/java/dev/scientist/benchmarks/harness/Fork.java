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

    private static final int LONGEST_MINUTES = 10; // a part takes seconds, or some minutes; this one hangs

    private Fork() {}

    /** Runs a part elsewhere and brings its goals back; one unmet goal if that fails. */
    static List<Goal> measure(Part part, Effort effort) throws InterruptedException {
        try {
            Path file = Files.createTempFile("scientist-benchmark", ".json");
            try {
                int exit = run(command(part, effort, file));
                return exit == 0
                        ? Json.readGoals(file)
                        : List.of(Goal.unmeasured(part.id(), "its process ended with " + exit));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return List.of(Goal.unmeasured(part.id(), e.toString()));
        }
    }

    /** In the process of the part. */
    public static void main(String[] args) throws Exception {
        Part part =
                Class.forName(args[0]).asSubclass(Part.class).getConstructor().newInstance();
        List<Goal> goals = part.measure(Effort.of(args[1]));
        Json.writeGoals(goals, Path.of(args[2]));
        System.exit(0); // rivals leave threads behind that are no daemons
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

    private static List<String> command(Part part, Effort effort, Path file) {
        return command(
                part.javaOptions(), Fork.class, List.of(part.getClass().getName(), effort.argument(), file.toString()));
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
