package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.domain.DeliveryEstimates;
import dev.scientist.samples.shop.domain.DeliveryPromise;
import dev.scientist.samples.shop.domain.DeliveryRequest;
import dev.scientist.samples.shop.domain.ExchangeRate;
import dev.scientist.samples.shop.domain.Quote;
import dev.scientist.samples.shop.domain.QuoteRequest;
import dev.scientist.samples.shop.legacy.LegacyExchangeRates;
import dev.scientist.samples.shop.legacy.LegacyPricing;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of quotes, exchange rates and delivery estimates. Nothing here knows that there is a rewrite. */
@RestController
final class QuoteController {

    private final LegacyPricing pricing;
    private final DeliveryEstimates delivery;
    private final LegacyExchangeRates rates;
    private final InstantSource clock;

    QuoteController(LegacyPricing pricing, DeliveryEstimates delivery, LegacyExchangeRates rates, InstantSource clock) {
        this.pricing = pricing;
        this.delivery = delivery;
        this.rates = rates;
        this.clock = clock;
    }

    @PostMapping("/quotes")
    Quote quote(@RequestBody QuoteRequest request) {
        return pricing.quote(request);
    }

    @GetMapping("/exchange-rates/{currency}")
    ExchangeRate exchangeRate(@PathVariable String currency) {
        return rates.rate(currency);
    }

    @GetMapping("/delivery")
    DeliveryPromise delivery(
            @RequestParam String country,
            @RequestParam(defaultValue = "false") boolean express,
            @RequestParam(required = false) @Nullable Instant placedAt) {
        return delivery.estimate(new DeliveryRequest(country, express, placedAt == null ? clock.instant() : placedAt));
    }
}
