package dev.scientist.samples.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for an application: it goes on calling {@link Traffic}, and serves its meters at the path that Spring Boot
 * uses.
 *
 * <p>Threads: one calls, one serves; the registry is thread-safe.
 */
final class ScrapeTarget implements AutoCloseable {

    private static final int PAUSE_MILLIS = 50;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Traffic traffic = new Traffic(registry);
    private final ScheduledExecutorService caller = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> calls;
    private final HttpServer server;

    ScrapeTarget() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/prometheus", this::answer);
        server.start();
        calls = caller.scheduleWithFixedDelay(traffic::round, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The address for a scrape configuration. */
    String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        if (calls.isDone()) {
            throw new IllegalStateException("the calls ended before they were to: " + calls);
        }
        caller.shutdownNow();
        traffic.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
