package dev.scientist.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs {@link MixedCallers} in two virtual machines, under OpenTelemetry's real agent. */
@Tag("promise-10")
class TracingAgentTest {

    private static final String AGENT = "opentelemetry-javaagent-";
    private static final String CALLS = String.valueOf(MixedCallers.CALLERS * MixedCallers.CALLS);

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static boolean isApi(String entry) {
        return Path.of(entry).getFileName().toString().startsWith("opentelemetry-");
    }

    /** The lines that the callers printed, such as {@code candidate of polled own}. */
    private static Map<String, String> run(Stream<String> classPath, List<String> arguments)
            throws IOException, InterruptedException {
        String agent = classPath().stream()
                .filter(entry -> entry.contains(AGENT))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-cp",
                String.join(
                        File.pathSeparator,
                        classPath.filter(entry -> !entry.contains(AGENT)).toList()),
                MixedCallers.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Map<String, String> seen = new TreeMap<>();
        output.lines().filter(line -> line.startsWith("SEEN ")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            seen.put(line.substring("SEEN ".length(), end), line.substring(end + 1));
        });
        return seen;
    }

    @Test
    @DisplayName(
            "Promise 10: under a bare agent a candidate runs in its own caller's trace, or in none where another thread starts it")
    void underABareAgentEachCandidateIsInItsOwnCallersContext() throws Exception {
        List<String> probe = classPath().stream()
                .filter(entry -> isApi(entry) || entry.endsWith("test-classes"))
                .filter(entry -> !entry.contains(AGENT))
                .toList();

        Map<String, String> seen = run(classPath().stream().filter(entry -> !isApi(entry)), probe);

        assertThat(seen)
                .containsEntry("candidate of polled own", CALLS)
                .containsEntry("candidate of immediate own", CALLS)
                .containsEntry("candidate of after own", CALLS)
                .containsKey("candidate of async none");
        assertThat(seen.keySet()).noneMatch(what -> what.endsWith("foreign"));
    }

    @Test
    @DisplayName(
            "Promise 10: where the API is visible each candidate runs in its own caller's trace, whoever starts it")
    void whereTheApiIsVisibleEveryCandidateIsInItsOwnCallersContext() throws Exception {
        Map<String, String> seen = run(classPath().stream(), List.of());

        assertThat(seen)
                .containsEntry("candidate of polled own", CALLS)
                .containsEntry("candidate of immediate own", CALLS)
                .containsEntry("candidate of after own", CALLS)
                .containsKey("candidate of async own")
                .doesNotContainKey("candidate of async none");
        assertThat(seen.keySet()).noneMatch(what -> what.endsWith("foreign"));
    }
}
