package dev.scientist.samples.shop.traffic;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The requests of customers: the same sequence for the same seed. Few customers and products make most of the calls,
 * most baskets are small, and orders come around noon and in the evening. Not thread-safe.
 */
final class Calls {

    // These numbers are those of the sample data in the database.
    private static final int CUSTOMERS = 120;
    private static final int FIRST_GUEST = 9001;
    private static final int GUESTS = 20;
    private static final int ORDERS = 600;
    private static final int PRODUCTS = 60;
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 4, 20);
    private static final int DAYS = 19;

    private static final List<String> COUNTRIES = List.of(
            "DE", "DE", "DE", "DE", "FR", "FR", "FR", "GB", "GB", "US", "US", "DK", "DK", "CH", "JP", "JP", "KW");
    private static final Map<String, String> CURRENCIES =
            Map.of("DK", "DKK", "CH", "CHF", "GB", "GBP", "US", "USD", "JP", "JPY", "KW", "KWD");
    private static final List<String> RATES = List.of("USD", "GBP", "JPY", "CHF");
    private static final List<String> COUPONS = List.of("SPRING10", "WELCOME", "PARTNER20", "SPRNG10");

    private final SplittableRandom random;

    Calls(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Call next() {
        int kind = random.nextInt(100);
        if (kind < 20) {
            return quote();
        } else if (kind < 33) {
            return delivery();
        } else if (kind < 49) {
            return new Call("/products/" + product(), null);
        } else if (kind < 61) {
            return new Call("/products/" + product() + "/stock", null);
        } else if (kind < 66) {
            return new Call("/products/" + product() + "/reviews", null);
        } else if (kind < 69) {
            return new Call("/exchange-rates/" + oneOf(RATES), null);
        } else if (kind < 75) {
            return new Call("/customers/" + customer() + "/orders", null);
        } else if (kind < 85) {
            return new Call("/customers/" + customer() + "/loyalty", null);
        } else if (kind < 92) {
            return new Call("/orders/" + order(), null);
        } else if (kind < 98) {
            return new Call("/orders/" + order() + "/invoice", null);
        }
        return place();
    }

    private Call quote() {
        String country = oneOf(COUNTRIES);
        String currency = chance(0.9) ? CURRENCIES.getOrDefault(country, "EUR") : "EUR";
        String coupon = chance(0.2) ? '"' + oneOf(COUPONS) + '"' : "null";
        String channel = chance(0.05) ? "monitoring" : chance(0.6) ? "web" : "app";
        return new Call(
                "/quotes", """
                {"customerId": %d, "country": "%s", "currency": "%s", "coupon": %s, "channel": "%s", "items": %s}""".formatted(customer(), country, currency, coupon, channel, items(1 + random.nextInt(4))));
    }

    private Call delivery() {
        double half = (random.nextDouble() + random.nextDouble()) / 2; // most are near the middle
        int minute = (int) (half * 12 * 60) + (chance(0.6) ? 5 * 60 : 12 * 60);
        LocalTime time = LocalTime.of(minute / 60 % 24, minute % 60);
        String placedAt = FIRST_DAY
                .plusDays(random.nextInt(DAYS))
                .atTime(time)
                .toInstant(ZoneOffset.UTC)
                .toString();
        return new Call(
                "/delivery?country=" + oneOf(COUNTRIES) + "&express=" + chance(0.25) + "&placedAt=" + placedAt, null);
    }

    // Only guests place orders, and nobody reads their history. Otherwise an order that is placed between the two sides
    // of a trial would be a difference without a defect.
    private Call place() {
        return new Call("/orders", """
                {"customerId": %d, "card": "4000 0000 0000 %04d", "items": %s}""".formatted(
                        FIRST_GUEST + random.nextInt(GUESTS), random.nextInt(10_000), items(1 + random.nextInt(3))));
    }

    private String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(product(), quantity()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private int quantity() {
        double size = random.nextDouble();
        return 1 + (size < 0.85 ? random.nextInt(3) : size < 0.97 ? 9 + random.nextInt(20) : 49 + random.nextInt(100));
    }

    private String product() {
        int number = skewed(PRODUCTS);
        String category = number < 30 ? "B" : number < 45 ? "F" : "T";
        // Some old links lead to products that do not exist any more.
        return chance(0.005) ? "B-99" : String.format(Locale.ROOT, "%s-%02d", category, number);
    }

    private int customer() {
        return 1 + skewed(CUSTOMERS);
    }

    private int order() {
        return 1 + random.nextInt(ORDERS);
    }

    /** A random number from 0 to limit - 1; the lower half is more than twice as frequent as the upper half. */
    private int skewed(int limit) {
        return (int) (limit * Math.pow(random.nextDouble(), 1.8));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
