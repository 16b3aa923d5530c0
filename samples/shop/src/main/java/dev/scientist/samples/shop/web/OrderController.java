package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.domain.Invoice;
import dev.scientist.samples.shop.domain.LoyaltyStatus;
import dev.scientist.samples.shop.domain.NewOrder;
import dev.scientist.samples.shop.domain.OrderDetail;
import dev.scientist.samples.shop.domain.OrderSummary;
import dev.scientist.samples.shop.legacy.LegacyInvoices;
import dev.scientist.samples.shop.legacy.LegacyOrders;
import dev.scientist.samples.shop.legacy.LoyaltyAccounts;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The endpoints of orders and customers. */
@RestController
final class OrderController {

    private final LegacyOrders orders;
    private final LegacyInvoices invoices;
    private final LoyaltyAccounts loyalty;

    OrderController(LegacyOrders orders, LegacyInvoices invoices, LoyaltyAccounts loyalty) {
        this.orders = orders;
        this.invoices = invoices;
        this.loyalty = loyalty;
    }

    @GetMapping("/orders/{id}")
    OrderDetail detail(@PathVariable long id) {
        OrderDetail detail = orders.detail(id);
        // This is the reason for the snapshot in orderDetailOptions: the primary's answer changes while it is compared.
        detail.setCard("**** " + detail.getCard().substring(detail.getCard().length() - 4));
        return detail;
    }

    @GetMapping("/orders/{id}/invoice")
    Invoice invoice(@PathVariable long id) {
        return invoices.invoice(id);
    }

    @PostMapping("/orders")
    Map<String, Long> place(@RequestBody NewOrder order) {
        return Map.of("id", orders.place(order));
    }

    @GetMapping("/customers/{id}/orders")
    Flux<OrderSummary> history(@PathVariable long id) {
        return orders.history(id);
    }

    @GetMapping("/customers/{id}/loyalty")
    LoyaltyStatus loyalty(@PathVariable long id) {
        return loyalty.status(id);
    }
}
