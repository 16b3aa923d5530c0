package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.domain.Availability;
import dev.scientist.samples.shop.legacy.LegacyStock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The endpoint of the stock. */
@RestController
final class StockController {

    private final LegacyStock stock;

    StockController(LegacyStock stock) {
        this.stock = stock;
    }

    @GetMapping("/products/{sku}/stock")
    Mono<Availability> availability(@PathVariable String sku) {
        return stock.availability(sku);
    }
}
