package dev.scientist.samples.shop;

import dev.scientist.samples.shop.report.Observations;
import dev.scientist.samples.shop.report.Report;
import dev.scientist.samples.shop.traffic.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the shop, simulates its customers, and reports what the parallel run found. */
public final class ShopDemo {

    private static final int AS_SEEDED = 0;
    private static final int NOT_AS_SEEDED = 1;
    private static final int WRONG_USAGE = 2;

    private static final String HOST = "127.0.0.1";
    private static final int USUAL_PORT = 8080;
    private static final Duration THINK = Duration.ofMillis(35);
    // After so many calls every defect has very likely been seen: the rarest one shows in about one call of 240.
    private static final int ENOUGH_CALLS = 1_500;
    // The experiment whose progress the live line shows: its candidate has no defect, and it is called often.
    private static final String COUNTED_DOWN = "catalog.product";
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);

    private final PrintStream out;
    private final LiveLine live;
    private final CountDownLatch interrupted;

    ShopDemo(PrintStream out, LiveLine live, CountDownLatch interrupted) {
        this.out = out;
        this.live = live;
        this.interrupted = interrupted;
    }

    public static void main(String... words) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        // Ctrl-C ends the traffic only. The program ends after it has printed the report.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(reported);
        }));
        int status;
        try {
            status = run(System.out, System.err, LiveLine.detect(System.out), interrupted, words);
            System.out.flush();
        } finally {
            reported.countDown();
        }
        System.exit(status);
    }

    static int run(PrintStream out, PrintStream err, LiveLine live, CountDownLatch interrupted, String... words)
            throws IOException, InterruptedException {
        if (Arrays.asList(words).contains("--help")) {
            out.print(Options.USAGE);
            return AS_SEEDED;
        }
        try {
            return new ShopDemo(out, live, interrupted).run(Options.parse(words));
        } catch (Options.UsageException e) {
            err.println(e.getMessage());
            err.println();
            err.print(Options.USAGE);
            return WRONG_USAGE;
        }
    }

    private int run(Options options) throws IOException, InterruptedException, Options.UsageException {
        int port = freePort(options.port());
        out.println("Starting the shop ...");
        Observations observations;
        Optional<String> failure;
        long calls;
        try (ConfigurableApplicationContext shop = start(port)) {
            URI address =
                    URI.create("http://" + HOST + ":" + shop.getEnvironment().getProperty("local.server.port"));
            announce(address, options);
            observations = shop.getBean(Observations.class);
            Traffic traffic = new Traffic(address, options.seed(), limit(options), THINK);
            try (traffic) { // close() waits for the calls that are under way
                traffic.start();
                watch(traffic, observations, options);
            }
            live.end();
            failure = traffic.firstFailure();
            calls = traffic.made();
        } // close() also waits for the last candidates
        Report report = Report.of(observations, width(System.getenv("COLUMNS")));
        out.println();
        out.print(report);
        if (calls < ENOUGH_CALLS && !report.isAsSeeded()) {
            out.println("That was after " + calls + " calls; " + ENOUGH_CALLS + " are enough to see every defect.");
        }
        failure.ifPresent(text -> out.println("But a customer was not served: " + text));
        return report.isAsSeeded() && failure.isEmpty() ? AS_SEEDED : NOT_AS_SEEDED;
    }

    private static ConfigurableApplicationContext start(int port) {
        SpringApplication application = new SpringApplication(ShopApplication.class);
        application.setRegisterShutdownHook(false); // the hook would close the shop while customers still call it
        // The log would show each new kind of disagreement once; here the report shows them all.
        application.setDefaultProperties(
                Map.of("logging.level.root", "WARN", "logging.level.dev.scientist.Experiment", "ERROR"));
        return application.run("--server.port=" + port);
    }

    private void watch(Traffic traffic, Observations observations, Options options) throws InterruptedException {
        long started = System.nanoTime();
        boolean goesOn = true;
        while (goesOn) {
            boolean told = interrupted.await(250, TimeUnit.MILLISECONDS);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
            live.show(
                    elapsed,
                    "%d s: %s; %s"
                            .formatted(
                                    elapsed.toSeconds(), observations.summary(), observations.progress(COUNTED_DOWN)));
            boolean isTime =
                    options.seconds() > 0 && elapsed.toSeconds() >= options.seconds() && traffic.made() >= ENOUGH_CALLS;
            goesOn = !told && !isTime && !traffic.await(Duration.ZERO);
        }
    }

    /**
     * The maximum length of a line: the terminal's width, which {@code ./demo} passes on, but at least 60 and at most
     * 100.
     */
    static int width(@Nullable String columns) {
        return columns != null && columns.matches("\\d{1,4}")
                ? Math.max(60, Math.min(Integer.parseInt(columns), 100))
                : 100;
    }

    private static long limit(Options options) {
        return options.calls() > 0 ? options.calls() : Long.MAX_VALUE;
    }

    private void announce(URI address, Options options) {
        out.println();
        out.println("  the shop          " + address + "/");
        out.println("  the experiments   " + address + "/actuator/experiments");
        out.println("  the meters        " + address + "/actuator/prometheus");
        out.println();
        String until = "until Ctrl-C";
        if (options.calls() > 0) {
            until = options.calls() + " times";
        } else if (options.seconds() > 0) {
            until = "for " + options.seconds() + " s and at least " + ENOUGH_CALLS + " times";
        }
        out.println("Customers call " + until + " (seed " + options.seed() + "). Ctrl-C ends that and reports.");
        out.println();
    }

    /**
     * The wanted port, 8080 by default, if nobody listens on it; 0 if 8080 is taken. Another process may still take the
     * port before the shop does.
     */
    private int freePort(@Nullable Integer wanted) throws IOException, Options.UsageException {
        int port = wanted == null ? USUAL_PORT : wanted;
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (BindException taken) {
            if (wanted != null) {
                throw new Options.UsageException("--port must be a port that nobody listens on but was " + wanted);
            }
            out.println("Port " + USUAL_PORT + " is taken, so the shop takes another one.");
            return 0;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean inTime = latch.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                System.err.println("The report took too long.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
