package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.http;
import static dev.scientist.comparators.Comparators.text;
import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import dev.scientist.comparators.Comparators.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpComparatorTest {

    private static final Comparators.Http<HttpAnswer> HTTP = http(Function.identity());
    private static final String JSON = "application/json";

    @Test
    void statusHeadersAndBodyAreCompared() throws Exception {
        HttpAnswer primary = answer(200, JSON, "{\"total\":1}");
        HttpAnswer candidate = answer(201, "application/problem+json; charset=utf-8", "{ \"total\": 2 }");

        List<Difference> differences = HTTP.compare(primary, candidate);

        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactly(
                        "changed at /status [java.lang.Integer]",
                        "changed at /headers/content-type/0 [java.lang.String]",
                        "changed at /body/total [java.math.BigDecimal]");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"a\":1}', '{ \"a\" : 1.0 }', '{\"a\":2}', changed at /body/a [java.math.BigDecimal]",
        "text/plain, a, a, b, changed at /body/line/1 [java.lang.String]",
        "application/xml, <a/>, <a/>, <b/>, changed at /body/line/1 [java.lang.String]",
        "application/pdf, a, a, b, changed at /body [java.lang.String]",
    })
    void theMediaTypeSaysHowABodyIsCompared(String type, String body, String equal, String other, String difference)
            throws Exception {
        assertThat(HTTP.compare(answer(200, type, body), answer(200, type, equal)))
                .isEmpty();
        assertThat(HTTP.compare(answer(200, type, body), answer(200, type, other)))
                .hasToString("[" + difference + "]");
    }

    @Test
    void bodiesAreComparedAsTheApplicationSays() throws Exception {
        Comparators.Http<HttpAnswer> comparator = HTTP.json(json().ignoring("/at"))
                .text(text().ignoringTrailingSpace())
                .xml((primary, candidate) -> List.of(Difference.of("/x", Difference.Kind.CHANGED, "", "")));

        assertThat(comparator.compare(answer(200, JSON, "{\"at\":1}"), answer(200, JSON, "{\"at\":2}")))
                .isEmpty();
        assertThat(comparator.compare(answer(200, "text/csv", "a "), answer(200, "text/csv", "a")))
                .isEmpty();
        assertThat(comparator.compare(answer(200, "a/b+xml", "a"), answer(200, "a/b+xml", "b")))
                .extracting(Difference::path)
                .containsExactly("/body/x");
    }

    @Test
    @Tag("case-35")
    void headersAreComparedByteForByteAndOneByOne() throws Exception {
        Comparators.Http<HttpAnswer> comparator = HTTP.headers("Vary", "Set-Cookie");
        HttpAnswer primary =
                headers(Map.of("vary", List.of("a, b"), "Set-Cookie", List.of("x=1", "y=2"), "Etag", List.of("1")));

        assertThat(comparator.compare(
                        primary, headers(Map.of("VARY", List.of("a, b"), "set-cookie", List.of("x=1", "y=2")))))
                .isEmpty();
        assertThat(comparator.compare(
                        primary, headers(Map.of("vary", List.of("a", "b"), "set-cookie", List.of("y=2", "x=1")))))
                .extracting(Difference::toString)
                .containsExactly(
                        "changed at /headers/vary/0 [java.lang.String]",
                        "unexpected at /headers/vary/1 [null -> java.lang.String]",
                        "changed at /headers/set-cookie/0 [java.lang.String]",
                        "changed at /headers/set-cookie/1 [java.lang.String]");
        assertThat(comparator.compare(primary, headers(Map.of("vary", List.of("a,b"), "set-cookie", List.of("x=1")))))
                .extracting(Difference::toString)
                .containsExactly(
                        "changed at /headers/vary/0 [java.lang.String]",
                        "missing at /headers/set-cookie/1 [java.lang.String -> null]");
    }

    @Test
    void oneNameInTwoWritingsIsOneHeaderAndALineWithoutANameIsNone() throws Exception {
        Map<String, List<String>> written = new HashMap<>(Map.of("location", List.of("/a")));
        written.put(null, List.of("HTTP/1.1 200 OK"));

        assertThat(HTTP.compare(headers(written), headers(Map.of("Location", List.of("/a")))))
                .isEmpty();
    }

    @Test
    void textIsReadInItsCharset() throws Exception {
        HttpAnswer latin = new HttpAnswer(200, type("text/plain; charset=ISO-8859-1"), "é".getBytes(ISO_8859_1));
        HttpAnswer wide = new HttpAnswer(200, type("text/plain; Charset=\"utf-16le\""), "é".getBytes(UTF_16LE));
        HttpAnswer decoded = new HttpAnswer(200, type("text/plain"), CharBuffer.wrap("é"));
        HttpAnswer marked =
                new HttpAnswer(200, type("application/json;charset=utf-8"), "\uFEFF{\"a\":1}".getBytes(UTF_8));
        Comparators.Http<HttpAnswer> comparator = HTTP.headers();

        assertThat(comparator.compare(latin, wide)).isEmpty();
        assertThat(comparator.compare(latin, decoded)).isEmpty();
        assertThat(comparator.compare(marked, answer(200, JSON, "{\"a\":1.0}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain;charset=utf-8", "text/plain;charset=nonsense", "text/plain;charset=?*", "image/png"})
    void whatIsNoTextIsComparedByItsBytes(String type) throws Exception {
        HttpAnswer primary = new HttpAnswer(200, type(type), new byte[] {1, 2, (byte) 0xff, 4});
        HttpAnswer candidate = new HttpAnswer(200, type(type), new byte[] {1, 2, (byte) 0xfe});

        List<Difference> differences = HTTP.compare(primary, candidate);

        assertThat(differences).extracting(Difference::path).containsExactly("/body");
        assertThat(differences.get(0).primary()).isEqualTo("4 bytes, at 2: ff04");
        assertThat(differences.get(0).candidate()).isEqualTo("3 bytes, at 2: fe");
        assertThat(HTTP.compare(primary, new HttpAnswer(200, type(type), new byte[] {1, 2, (byte) 0xff, 4})))
                .isEmpty();
    }

    @Test
    void aCompressedBodyIsComparedByItsBytes() throws Exception {
        Map<String, List<String>> headers = Map.of("Content-Type", List.of(JSON), "content-encoding", List.of("gzip"));
        HttpAnswer primary = new HttpAnswer(200, headers, new byte[] {31, 1});

        assertThat(HTTP.compare(primary, new HttpAnswer(200, headers, new byte[] {31, 2})))
                .hasToString("[changed at /body [java.lang.String]]");
    }

    @Test
    void theSameBytesUnderAnotherEncodingOrCharsetDiffer() throws Exception {
        Map<String, List<String>> plain = Map.of("Content-Type", List.of(JSON));
        Map<String, List<String>> zipped =
                Map.of("Content-Type", List.of(JSON), "Content-Encoding", List.of("gzip, Identity"));
        Map<String, List<String>> alsoZipped =
                Map.of("Content-Type", List.of(JSON), "Content-Encoding", List.of("GZIP"));
        byte[] bytes = {31, -117, 8, 0};

        assertThat(HTTP.compare(new HttpAnswer(200, zipped, bytes), new HttpAnswer(200, plain, bytes)))
                .extracting(Difference::toString)
                .containsExactly("missing at /headers/content-encoding/0 [java.lang.String -> null]");
        assertThat(HTTP.compare(new HttpAnswer(200, zipped, bytes), new HttpAnswer(200, alsoZipped, bytes)))
                .isEmpty();
        assertThat(HTTP.compare(new HttpAnswer(204, zipped, null), new HttpAnswer(204, plain, null)))
                .isEmpty();
        assertThat(HTTP.headers()
                        .compare(
                                answer(200, "text/plain; charset=iso-8859-1", "é"),
                                answer(200, "text/plain; charset=UTF-8", "é")))
                .extracting(Difference::path)
                .containsExactly("/body/line/1");
        assertThat(HTTP.headers()
                        .compare(
                                answer(200, "text/plain; charset=utf-8", "é"),
                                answer(200, "text/plain; charset=UTF-8", "é")))
                .isEmpty();
    }

    @Test
    void bodiesOfDifferentKindsAreOneDifference() throws Exception {
        List<Difference> differences =
                HTTP.headers().compare(answer(200, JSON, "{}"), answer(200, "text/html", "<html>"));

        assertThat(differences).hasToString("[type_changed at /body [java.lang.String]]");
    }

    @Test
    void aBodyThatOnlyOneSideHasIsMissingOrUnexpected() throws Exception {
        HttpAnswer none = new HttpAnswer(200, type(JSON), null);

        assertThat(HTTP.compare(none, answer(200, JSON, ""))).isEmpty();
        assertThat(HTTP.compare(answer(200, JSON, "{}"), none))
                .hasToString("[missing at /body [java.lang.String -> null]]");
        assertThat(HTTP.compare(none, answer(200, JSON, "{}")))
                .hasToString("[unexpected at /body [null -> java.lang.String]]");
    }

    @Test
    void aBodyOverTheLimitIsOverBudget() {
        assertThatThrownBy(() -> HTTP.maxBody(3).compare(answer(200, JSON, "[1]"), answer(200, JSON, "[1] ")))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the candidate's body is larger than 3 bytes");
    }

    @Test
    void aBodyThatTheCallerReadsIsNotTakenFromIt() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[3]);

        assertThatThrownBy(() -> HTTP.compare(new HttpAnswer(200, Map.of(), body), answer(200, JSON, "{}")))
                .isInstanceOf(UncomparableException.class)
                .hasMessageStartingWith(
                        "the primary's body must be a byte[] or a text but was a java.io.ByteArrayInputStream");
        assertThat(body.available()).isEqualTo(3);
    }

    @Test
    void responsesOfTheJdkAreCompared() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("{\"path\":\"" + exchange.getRequestURI() + "\"}").getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", JSON);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();

        try {
            URI root = URI.create("http://localhost:" + server.getAddress().getPort());
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> text = client.send(
                    HttpRequest.newBuilder(root.resolve("/a")).build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<byte[]> bytes = client.send(
                    HttpRequest.newBuilder(root.resolve("/b")).build(), HttpResponse.BodyHandlers.ofByteArray());

            assertThat(http().compare(text, text)).isEmpty();
            assertThat(http().compare(text, bytes)).hasToString("[changed at /body/path [java.lang.String]]");
        } finally {
            server.stop(0);
        }
    }

    /** Differences, none, or uncompared: never anything else, and the same bytes never differ. */
    @Test
    void anythingAtAllIsAnAnswerOrUncompared() {
        Random random = new Random(11);

        for (int i = 0; i < 20_000; i++) {
            HttpAnswer primary = random(random);
            HttpAnswer candidate = random(random);

            assertThat(outcome(primary, candidate)).isNotEqualTo("failed");
            assertThat(outcome(primary, primary)).isEqualTo("equal");
        }
    }

    private static String outcome(HttpAnswer primary, HttpAnswer candidate) {
        try {
            return HTTP.compare(primary, candidate).isEmpty() ? "equal" : "differs";
        } catch (UncomparableException uncompared) {
            return "uncompared";
        } catch (Throwable anythingElse) {
            return "failed";
        }
    }

    private static HttpAnswer random(Random random) {
        List<String> types = Arrays.asList(
                JSON,
                "text/html;charset=utf-8",
                "text/plain;charset=utf-16",
                "+xml",
                ";",
                "",
                "/;charset=\"",
                "image/png",
                "application/json;charset=utf-32",
                "text/x;charset=US-ASCII",
                "application/json; charset=");
        byte[] body = new byte[random.nextInt(12)];
        random.nextBytes(body);
        for (int i = 0; i < body.length; i++) {
            body[i] = random.nextInt(4) == 0 ? body[i] : (byte) "{}[]\":,1ea<> \n\r".charAt(random.nextInt(15));
        }
        return new HttpAnswer(random.nextInt(100, 600), type(types.get(random.nextInt(types.size()))), body);
    }

    private static HttpAnswer answer(int status, String type, String body) {
        return new HttpAnswer(status, type(type), body.getBytes(UTF_8));
    }

    private static HttpAnswer headers(Map<String, List<String>> headers) {
        return new HttpAnswer(200, headers, null);
    }

    private static Map<String, List<String>> type(String type) {
        return Map.of("Content-Type", List.of(type));
    }
}
