package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.Quote;
import dev.scientist.samples.shop.domain.QuoteRequest;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Computes what items cost. */
@Service
final class RewrittenPricing {

    private final PriceBook book;
    private final InstantSource clock;

    RewrittenPricing(PriceBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    // The method is public: the primary's annotation names the bean, and the starter finds only public methods of it.
    public Quote quote(QuoteRequest request) {
        Money currency = book.currency(request.currency());
        Buyer buyer = book.buyer(request.customerId());
        List<PricedItem> items = book.price(request, currency);
        BigDecimal list = items.stream().map(PricedItem::list).reduce(BigDecimal.ZERO, BigDecimal::add);
        Discounts discounts = Discounts.of(buyer, book.coupon(request.coupon()), list, currency);

        List<Quote.Line> lines = new ArrayList<>();
        for (PricedItem item : items) {
            BigDecimal net = currency.round(item.list().multiply(discounts.remainder(item.quantity())));
            BigDecimal tax = currency.taxOn(net, item.rateFor(buyer));
            lines.add(new Quote.Line(item.sku(), item.quantity(), net, tax));
        }
        BigDecimal net = lines.stream().map(Quote.Line::net).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal tax = lines.stream().map(Quote.Line::tax).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Quote(
                UUID.randomUUID().toString(), clock.instant(), request.currency(), lines, list, net, tax, net.add(tax));
    }
}
