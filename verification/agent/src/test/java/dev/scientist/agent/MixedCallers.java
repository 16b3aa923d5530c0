package dev.scientist.agent;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A program that calls four experiments of one {@link Scientist}, each call in a context of its own. It prints for each
 * experiment how many candidates ran in the context of their own caller, in none, and in another one; and the same for
 * comparators.
 *
 * <p>Arguments: the class path from which to load the probe, if the library is not to see OpenTelemetry; otherwise
 * none.
 */
final class MixedCallers {

    static final int CALLERS = 4; // for each experiment
    static final int CALLS = 150; // by each caller

    private final BiConsumer<String, Callable<?>> inContext;
    private final Supplier<String> current;
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();

    private MixedCallers(Object probe) {
        @SuppressWarnings("unchecked") // Probe implements both types
        BiConsumer<String, Callable<?>> runner = (BiConsumer<String, Callable<?>>) probe;
        @SuppressWarnings("unchecked")
        Supplier<String> teller = (Supplier<String>) probe;
        this.inContext = runner;
        this.current = teller;
    }

    public static void main(String[] roots) throws Exception {
        ClassLoader loader = MixedCallers.class.getClassLoader();
        if (roots.length > 0) {
            URL[] urls = new URL[roots.length];
            for (int i = 0; i < roots.length; i++) {
                urls[i] = Path.of(roots[i]).toUri().toURL();
            }
            loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        }
        new MixedCallers(loader.loadClass("dev.scientist.agent.Probe")
                        .getDeclaredConstructor()
                        .newInstance())
                .run();
    }

    private void run() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS * 4);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try (Scientist scientist =
                Scientist.builder().maxConcurrent(3_000).logging(false).build()) {
            Experiment<String> polled = experiment(scientist, "polled", Start.POLLED);
            Experiment<String> immediate = experiment(scientist, "immediate", Start.IMMEDIATE);
            Experiment<String> after = experiment(scientist, "after", Start.AFTER_PRIMARY);
            Experiment<String> async = experiment(scientist, "async", Start.AFTER_PRIMARY);
            for (Experiment<String> experiment : List.of(polled, immediate, after)) {
                call(callers, name -> experiment.run(() -> name, () -> candidate(experiment.name(), name)));
            }
            // The primary is completed by a thread on which another context is current.
            call(callers, name -> {
                CompletableFuture<String> primary = new CompletableFuture<>();
                CompletableFuture<String> answer = async.runAsync(
                        () -> primary, () -> CompletableFuture.completedFuture(candidate("async", name)));
                others.execute(() -> inContext.accept("somebody else", () -> primary.complete(name)));
                if (name.endsWith("7")) {
                    answer.cancel(true);
                }
            });
            callers.shutdown();
            callers.awaitTermination(2, TimeUnit.MINUTES);
            others.shutdown();
            others.awaitTermination(2, TimeUnit.MINUTES);
        }
        new TreeMap<>(seen).forEach((what, count) -> System.out.println("SEEN " + what + " " + count));
    }

    private Experiment<String> experiment(Scientist scientist, String name, Start start) {
        return scientist.experiment(
                name,
                options -> options.start(start)
                        .maxConcurrent(1_000)
                        .candidateTimeout(Duration.ofMinutes(1))
                        .comparator((one, other) -> {
                            note("comparator of " + name, one);
                            return List.of();
                        }));
    }

    /** One call, made in a context that has the name of the call. */
    private interface Call {
        void in(String name) throws Exception;
    }

    private void call(ExecutorService callers, Call call) {
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                for (int j = 0; j < CALLS; j++) {
                    String name = "call " + started.incrementAndGet();
                    inContext.accept(name, () -> {
                        call.in(name);
                        return name;
                    });
                }
            });
        }
    }

    private String candidate(String experiment, String name) {
        note("candidate of " + experiment, name);
        return name;
    }

    private void note(String what, String own) {
        String found = current.get();
        String which = found.equals(own) ? "own" : found.equals("null") ? "none" : "foreign";
        seen.computeIfAbsent(what + " " + which, key -> new AtomicInteger()).incrementAndGet();
    }
}
