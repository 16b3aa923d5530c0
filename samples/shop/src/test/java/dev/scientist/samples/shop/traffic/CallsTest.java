package dev.scientist.samples.shop.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallsTest {

    @Test
    void theSameSeedMakesTheSameCalls() {
        List<Call> calls = first(500, 7);

        assertThat(first(500, 7)).isEqualTo(calls);
        assertThat(first(500, 8)).isNotEqualTo(calls);
    }

    @Test
    void everyEndpointIsCalled() {
        List<String> paths = first(500, 1).stream()
                .map(call -> call.path().replaceAll("\\?.*", "").replaceAll("/(\\d+|[A-Z]-\\d+|[A-Z]{3})", "/*"))
                .distinct()
                .toList();

        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "/quotes",
                        "/delivery",
                        "/products/*",
                        "/products/*/stock",
                        "/products/*/reviews",
                        "/exchange-rates/*",
                        "/customers/*/orders",
                        "/customers/*/loyalty",
                        "/orders/*",
                        "/orders/*/invoice",
                        "/orders");
    }

    @Test
    void fewProductsMakeMostOfTheCalls() {
        List<String> products = first(5_000, 1).stream()
                .map(Call::path)
                .filter(path -> path.startsWith("/products/"))
                .toList();

        long ofTheFirstHalf =
                products.stream().filter(path -> path.contains("/B-")).count();

        assertThat((double) ofTheFirstHalf / products.size()).isBetween(0.6, 0.8);
    }

    private static List<Call> first(int count, long seed) {
        Calls calls = new Calls(seed);
        return Stream.generate(calls::next).limit(count).toList();
    }
}
