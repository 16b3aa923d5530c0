package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.QuoteRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the data that pricing needs. */
@Component
final class PriceBook {

    /** The price of one product, and its tax in one country. */
    private record Entry(
            String sku, BigDecimal priceEur, @Nullable BigDecimal rate, boolean reverseCharge) {}

    private final JdbcClient jdbc;

    PriceBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Money currency(String code) {
        return jdbc.sql("SELECT decimals, per_euro FROM currency WHERE code = :code")
                .param("code", code)
                .query(Money.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no currency " + code));
    }

    Buyer buyer(long customerId) {
        return jdbc.sql("SELECT tier, vat_id IS NOT NULL AS business FROM customer WHERE id = :id")
                .param("id", customerId)
                .query(Buyer.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no customer " + customerId));
    }

    Coupon coupon(@Nullable String code) {
        if (code == null) {
            return Coupon.NONE;
        }
        return jdbc.sql("SELECT kind, amount FROM coupon WHERE code = :code")
                .param("code", code)
                .query(Coupon.class)
                .optional()
                .orElse(Coupon.NONE);
    }

    /** The items of a request with their list prices, in the same order. */
    List<PricedItem> price(QuoteRequest request, Money currency) {
        Map<String, Entry> entries = entries(request);
        return request.items().stream()
                .map(item -> {
                    Entry entry = entries.get(item.sku());
                    if (entry == null) {
                        throw new NoSuchElementException("no product " + item.sku());
                    }
                    BigDecimal list = currency.fromEuro(entry.priceEur()).multiply(BigDecimal.valueOf(item.quantity()));
                    BigDecimal rate = Objects.requireNonNullElse(entry.rate(), BigDecimal.ZERO);
                    return new PricedItem(item.sku(), item.quantity(), list, rate, entry.reverseCharge());
                })
                .toList();
    }

    private Map<String, Entry> entries(QuoteRequest request) {
        return jdbc
                .sql("""
                        SELECT p.sku, p.price_eur, t.rate, c.in_eu AND c.code <> 'DE' AS reverse_charge
                        FROM product p
                        JOIN country c ON c.code = :country
                        LEFT JOIN tax_rate t ON t.category = p.category AND t.country = c.code
                        WHERE p.sku IN (:skus)
                        """)
                .param("country", request.country())
                .param(
                        "skus",
                        request.items().stream().map(QuoteRequest.Item::sku).toList())
                .query(Entry.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::sku, Function.identity()));
    }
}
