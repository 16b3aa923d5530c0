package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.Quote;
import dev.scientist.samples.shop.domain.QuoteRequest;
import dev.scientist.samples.shop.domain.QuoteRequest.Item;
import dev.scientist.spring.ParallelRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Computes what items cost: list price, volume, loyalty and coupon discounts up to a cap, and the tax of the country.
 */
@Service
public class LegacyPricing {

    private static final BigDecimal CAP = new BigDecimal("0.25");

    private record Currency(int decimals, BigDecimal perEuro) {}

    private record Customer(String tier, boolean business) {}

    private record Product(BigDecimal priceEur, @Nullable BigDecimal rate, boolean reverseCharge) {}

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    LegacyPricing(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    // The candidate is given by its bean name, because its class is not public, and this code need not know it.
    // application.yaml samples by the key, so that a customer's calls are always sampled or never. quoteOptions looks
    // at the attribute channel, to leave out the calls of the monitoring. The evidence is kept by the attribute
    // country, because each country has its own taxes.
    @ParallelRun(
            name = "pricing.quote",
            candidate = "rewrittenPricing",
            key = "#request.customerId",
            attributes = {"channel = #request.channel", "country = #request.country"},
            options = "quoteOptions")
    public Quote quote(QuoteRequest request) {
        Currency currency = currency(request.currency());
        int decimals = currency.decimals();
        Customer customer = customer(request.customerId());
        Map<String, Product> products = products(request);

        // First pass: list prices. A coupon for an amount needs their sum.
        List<Product> found = new ArrayList<>();
        List<BigDecimal> prices = new ArrayList<>();
        BigDecimal list = BigDecimal.ZERO;
        for (Item item : request.items()) {
            Product product = products.get(item.sku());
            if (product == null) {
                throw new NoSuchElementException("no product " + item.sku());
            }
            BigDecimal unit = product.priceEur().multiply(currency.perEuro()).setScale(decimals, RoundingMode.HALF_UP);
            BigDecimal price = unit.multiply(BigDecimal.valueOf(item.quantity()));
            found.add(product);
            prices.add(price);
            list = list.add(price);
        }
        BigDecimal general = loyalty(customer.tier()).add(coupon(request.coupon(), list, currency));

        // Second pass: the discounted price of each line, and its tax.
        List<Quote.Line> lines = new ArrayList<>();
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (int i = 0; i < found.size(); i++) {
            Item item = request.items().get(i);
            BigDecimal discount = general;
            if (item.quantity() >= 50) {
                discount = discount.add(new BigDecimal("0.12"));
            } else if (item.quantity() >= 10) {
                discount = discount.add(new BigDecimal("0.05"));
            }
            if (discount.compareTo(CAP) > 0) {
                discount = CAP;
            }
            BigDecimal lineNet =
                    prices.get(i).multiply(BigDecimal.ONE.subtract(discount)).setScale(decimals, RoundingMode.HALF_UP);
            BigDecimal rate = found.get(i).rate();
            if (rate == null || (customer.business() && found.get(i).reverseCharge())) {
                rate = BigDecimal.ZERO;
            }
            BigDecimal lineTax = lineNet.multiply(rate).setScale(decimals, RoundingMode.HALF_UP);
            lines.add(new Quote.Line(item.sku(), item.quantity(), lineNet, lineTax));
            net = net.add(lineNet);
            tax = tax.add(lineTax);
        }
        return new Quote(
                UUID.randomUUID().toString(), clock.instant(), request.currency(), lines, list, net, tax, net.add(tax));
    }

    private Currency currency(String code) {
        for (Currency currency : jdbc.query(
                "SELECT decimals, per_euro FROM currency WHERE code = ?",
                (row, i) -> new Currency(row.getInt("decimals"), row.getBigDecimal("per_euro")),
                code)) {
            return currency;
        }
        throw new NoSuchElementException("no currency " + code);
    }

    private Customer customer(long id) {
        for (Customer customer : jdbc.query(
                "SELECT tier, vat_id FROM customer WHERE id = ?",
                (row, i) -> new Customer(row.getString("tier"), row.getString("vat_id") != null),
                id)) {
            return customer;
        }
        throw new NoSuchElementException("no customer " + id);
    }

    private Map<String, Product> products(QuoteRequest request) {
        StringBuilder sql = new StringBuilder("SELECT p.sku, p.price_eur, t.rate,");
        sql.append(" (SELECT c.in_eu AND c.code <> 'DE' FROM country c WHERE c.code = ?) AS reverse_charge");
        sql.append(" FROM product p LEFT JOIN tax_rate t ON t.category = p.category AND t.country = ?");
        sql.append(" WHERE p.sku IN (");
        List<Object> parameters = new ArrayList<>();
        parameters.add(request.country());
        parameters.add(request.country());
        for (int i = 0; i < request.items().size(); i++) {
            if (i > 0) {
                sql.append(", ");
            }
            sql.append("?");
            parameters.add(request.items().get(i).sku());
        }
        sql.append(")");
        Map<String, Product> products = new HashMap<>();
        jdbc.query(
                sql.toString(),
                row -> {
                    products.put(
                            row.getString("sku"),
                            new Product(
                                    row.getBigDecimal("price_eur"),
                                    row.getBigDecimal("rate"),
                                    row.getBoolean("reverse_charge")));
                },
                parameters.toArray());
        return products;
    }

    private static BigDecimal loyalty(String tier) {
        if (tier.equals("SILVER")) {
            return new BigDecimal("0.02");
        } else if (tier.equals("GOLD")) {
            return new BigDecimal("0.04");
        } else if (tier.equals("PLATINUM")) {
            return new BigDecimal("0.06");
        }
        return BigDecimal.ZERO;
    }

    private BigDecimal coupon(@Nullable String code, BigDecimal list, Currency currency) {
        if (code != null && list.signum() > 0) {
            for (BigDecimal share : jdbc.query(
                    "SELECT kind, amount FROM coupon WHERE code = ?",
                    (row, i) -> row.getString("kind").equals("PERCENT")
                            ? row.getBigDecimal("amount")
                            : row.getBigDecimal("amount")
                                    .multiply(currency.perEuro())
                                    .divide(list, 6, RoundingMode.DOWN),
                    code)) {
                return share;
            }
        }
        return BigDecimal.ZERO;
    }
}
