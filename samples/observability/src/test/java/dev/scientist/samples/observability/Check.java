package dev.scientist.samples.observability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.samples.observability.Dashboard.Panel;
import dev.scientist.samples.observability.Dashboard.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks the dashboard and the rules with a real Prometheus: with its own checks and parser, and with a server that
 * scrapes a running target and must answer every query. Run by the script {@code check}.
 */
final class Check {

    private static final String RANGE = "20s"; // in place of the range that a user of Grafana chooses
    private static final int SCRAPES = 12;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String EVERY_EXPERIMENT = ".+";

    private final Path folder;
    private final Dashboard dashboard = Dashboard.read();
    private final List<String> troubles = new ArrayList<>();

    private Check(Path folder) {
        this.folder = folder;
    }

    /**
     * Exits with 0 if nothing was found, with 1 otherwise.
     *
     * @param args a folder for generated files, and optionally {@code HOST:PORT} of an application to scrape; without
     *     it, a target is started
     */
    public static void main(String[] args) throws Exception {
        Check check = new Check(Path.of(args[0]));
        check.syntax();
        if (args.length > 1) {
            check.live(args[1], List.of(EVERY_EXPERIMENT), false);
        } else {
            try (ScrapeTarget target = new ScrapeTarget()) {
                // Everything happens in all experiments of the target together, so no panel may be empty.
                check.live(target.address(), List.of(EVERY_EXPERIMENT, Traffic.HEALTHY), true);
            }
        }
        check.troubles.forEach(System.err::println);
        System.out.println(check.troubles.isEmpty() ? "All is well." : check.troubles.size() + " troubles.");
        System.exit(check.troubles.isEmpty() ? 0 : 1);
    }

    /** Lets promtool check the files and every expression of the dashboard. */
    private void syntax() throws IOException, InterruptedException {
        promtool("check", "config", Rules.FOLDER.resolve(Rules.CONFIGURATION));
        promtool("check", "rules", Rules.FOLDER.resolve(Rules.FILE));
        promtool("test", "rules", Rules.FOLDER.resolve(Rules.TESTS));
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        for (Target target : dashboard.targets()) {
            rules.append("  - record: ").append(target.name()).append("\n    expr: >-\n      ");
            rules.append(target.sentBy(EVERY_EXPERIMENT, "1m")).append('\n');
        }
        promtool("check", "rules", Files.writeString(folder.resolve("dashboard.rules.yml"), rules));
    }

    private void live(String address, List<String> choices, boolean everythingHappens) throws Exception {
        Path configuration = configurationFor(address);
        promtool("check", "config", configuration);
        try (Prometheus prometheus = Prometheus.start(configuration, folder)) {
            awaitScrapes(prometheus, address);
            for (String experiments : choices) {
                boolean mustShow = everythingHappens && experiments.equals(EVERY_EXPERIMENT);
                dashboard(prometheus, experiments, mustShow);
            }
            rules(prometheus);
        }
    }

    /** The shipped configuration with shorter intervals and another target. */
    private Path configurationFor(String address) throws IOException {
        String shipped = Files.readString(Rules.FOLDER.resolve(Rules.CONFIGURATION));
        Files.copy(Rules.FOLDER.resolve(Rules.FILE), folder.resolve(Rules.FILE));
        return Files.writeString(
                folder.resolve(Rules.CONFIGURATION),
                shipped.replace("interval: 15s", "interval: 1s").replace("localhost:8080", address));
    }

    private static void awaitScrapes(Prometheus prometheus, String address) throws InterruptedException {
        long start = System.nanoTime();
        while (prometheus
                .query("count_over_time((up == 1)[1m:1s]) >= " + SCRAPES)
                .isEmpty()) {
            if (!prometheus.isAlive() || System.nanoTime() - start > LONGEST_NANOS) {
                throw new IllegalStateException(
                        "Prometheus came to no " + SCRAPES + " scrapes of " + address + "; see prometheus.log");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Sends every query of every panel, as Grafana would. */
    private void dashboard(Prometheus prometheus, String experiments, boolean mustShow) throws InterruptedException {
        int shown = 0;
        for (Panel panel : dashboard.panels()) {
            for (Target target : panel.targets()) {
                if (hasFigures(prometheus.query(target.sentBy(experiments, RANGE)))) {
                    shown++;
                } else if (mustShow || !panel.mayBeEmpty()) {
                    troubles.add("Empty for experiments " + experiments + ": " + target);
                }
            }
        }
        System.out.println("Queries of the dashboard with an answer for experiments " + experiments + ": " + shown
                + " of " + dashboard.targets().size());
    }

    private void rules(Prometheus prometheus) throws InterruptedException {
        JsonNode rules = prometheus.rules();
        for (JsonNode rule : rules) {
            String name = rule.path("name").asText();
            if (!rule.path("health").asText().equals("ok")) {
                troubles.add("The rule " + name + " is not evaluated: " + rule);
            }
            if (rule.path("type").asText().equals("recording") && !hasFigures(prometheus.query(name))) {
                troubles.add("The rule " + name + " records nothing");
            }
        }
        if (rules.isEmpty()) {
            troubles.add("No rule is evaluated");
        }
        System.out.println("Rules evaluated: " + rules.size());
    }

    /** Whether there is at least one series with a number. NaN, the result of 0 divided by 0, is not shown. */
    private static boolean hasFigures(JsonNode series) {
        for (JsonNode one : series) {
            if (!one.at("/value/1").asText("NaN").equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private void promtool(String command, String subject, Path file) throws IOException, InterruptedException {
        System.out.println("promtool " + command + " " + subject + " " + file.getFileName());
        Process process = new ProcessBuilder("promtool", command, subject, file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            troubles.add(said);
        }
    }
}
