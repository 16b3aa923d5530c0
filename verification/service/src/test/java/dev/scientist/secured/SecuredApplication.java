package dev.scientist.secured;

import dev.scientist.Scientist;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application with Spring Security and two users, and a client that calls it over HTTP. */
final class SecuredApplication implements AutoCloseable {

    static final String KILL = "{\"enabled\": false, \"by\": \"ann\", \"reason\": \"incident 7\"}";

    @EnableAutoConfiguration
    static class Application {}

    private final ConfigurableApplicationContext context;
    private HttpClient client = clientWithoutCookies();

    private SecuredApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the application with Spring Boot's defaults and further configuration. */
    static SecuredApplication start(Class<?>... configuration) {
        Class<?>[] all = Stream.concat(Stream.of(Application.class), Stream.of(configuration))
                .toArray(Class<?>[]::new);
        return new SecuredApplication(SpringApplication.run(all, new String[] {
            "--spring.main.banner-mode=off",
            "--server.port=0",
            "--spring.datasource.generate-unique-name=true",
            "--management.endpoints.web.exposure.include=health,experiments",
            "--spring.security.user.name=ann",
            "--spring.security.user.password=secret",
            "--spring.security.user.roles=OPERATOR"
        }));
    }

    private static HttpClient clientWithoutCookies() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    /** Restores the state after the start: experiments are enabled, and the client has no session. */
    void reset() {
        scientist().enable();
        client = clientWithoutCookies();
    }

    Scientist scientist() {
        return context.getBean(Scientist.class);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path));
    }

    /** Sends credentials, as curl does with {@code -u}. */
    HttpRequest.Builder signedIn(String path, String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return request(path).header("Authorization", "Basic " + credentials);
    }

    /** Posts JSON, as curl does with {@code -H 'Content-Type: application/json' -d}. */
    HttpRequest.Builder killing(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(KILL));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }
}
