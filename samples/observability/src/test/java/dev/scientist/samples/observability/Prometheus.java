package dev.scientist.samples.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Prometheus server that this program starts, on a free port, with its data in a given folder. */
final class Prometheus implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final int LONGEST_STOP_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final String address;
    private final Process process;

    private Prometheus(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    /** Starts the server. It writes its log to the file {@code prometheus.log} of the folder. */
    static Prometheus start(Path configuration, Path folder) throws IOException {
        String address = "127.0.0.1:" + freePort();
        ProcessBuilder builder = new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address);
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // however this program ends
        return new Prometheus(address, process);
    }

    /** The series in the current result of an expression; none as long as the server does not answer. */
    JsonNode query(String expression) throws InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** The rules, with the state of their evaluation. */
    JsonNode rules() throws InterruptedException {
        return get("/api/v1/rules").at("/data/groups").findValues("rules").stream()
                .collect(
                        mapper::createArrayNode,
                        (all, rules) -> rules.forEach(all::add),
                        (one, other) -> one.addAll(other));
    }

    /** Whether the server still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    String address() {
        return "http://" + address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, LONGEST_STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }

    private JsonNode get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(LONGEST_ANSWER)
                .build();
        try {
            return mapper.readTree(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException notYet) {
            return mapper.createObjectNode(); // the server is still starting; callers give up after a while
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
