package dev.scientist.samples.shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.samples.shop.ShopOverHttp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;

@ShopOverHttp
@Tag("database")
class EndpointsTest {

    @Value("${local.server.port}")
    private int port;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/products/T-50                                  | \"title\":\"tool no. 50\"",
                "/products/T-50/stock                            | \"sku\":\"T-50\"",
                "/products/B-13/reviews                          | \"votes\":[{\"voter\":\"Customer ",
                "/exchange-rates/JPY                             | \"perEuro\":162",
                "/customers/1/loyalty                            | \"customerId\":1",
                "/customers/1/orders                             | \"placedOn\":",
                "/orders/7                                       | \"card\":\"**** ",
                "/orders/7/invoice                               | \"recipient\":{\"name\":",
                "/delivery?country=DE&placedAt=2026-04-21T08:00:00Z | \"arrives\":\"2026-04-23\"",
                "/                                               | <a href=\"/actuator/experiments/pricing.quote\">",
                "/                                               | was not compared yet",
                "/actuator/prometheus                            | scientist_trials_total{",
                "/actuator/experiments                           | pricing.quote",
                "/actuator/experiments/pricing.quote             | each side draws an id for each quote"
            })
    void everyEndpointAnswers(String path, String part) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.body()).contains(part);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        HttpResponse<String> response = get("/products/B-99/stock");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("no product B-99");
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
