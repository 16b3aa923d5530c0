package dev.scientist.samples.shop.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/** Fills an empty database, always with the same data. A database that is not empty is left as it is. */
@Component
@DependsOnDatabaseInitialization
final class SampleData implements InitializingBean {

    private static final int CUSTOMERS = 120;
    private static final int GUESTS = 20;
    private static final int ORDERS = 600;
    private static final int FIRST_GUEST = 9001;
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 3, 3);
    private static final List<String> COUNTRIES = List.of("DE", "DE", "DE", "FR", "FR", "DK", "CH", "GB", "JP", "US");

    private static final List<String> OPINIONS =
            List.of("Broken on arrival", "I expected more", "It does what it should", "Good", "The best there is");

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Random random = new Random(4711);

    SampleData(DataSource dataSource, JdbcTemplate jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    @Override
    public void afterPropertiesSet() {
        Integer countries = jdbc.queryForObject("SELECT COUNT(*) FROM country", Integer.class);
        if (countries != null && countries == 0) {
            new ResourceDatabasePopulator(new ClassPathResource("reference.sql")).execute(dataSource);
            Map<String, BigDecimal> prices = products();
            customers();
            orders(prices);
            reviews(prices.keySet());
        }
    }

    private Map<String, BigDecimal> products() {
        Map<String, BigDecimal> prices = new HashMap<>();
        List<Object[]> products = new ArrayList<>();
        List<Object[]> stock = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String category = i < 30 ? "BOOK" : i < 45 ? "FOOD" : "TOOL";
            String sku = category.charAt(0) + "-%02d".formatted(i);
            int cents = new int[] {0, 50, 90, 95}[random.nextInt(4)];
            BigDecimal price = BigDecimal.valueOf((3 + random.nextInt(60)) * 100L + cents, 2);
            prices.put(sku, price);
            products.add(
                    new Object[] {sku, category.toLowerCase(java.util.Locale.ROOT) + " no. " + i, category, price});
            boolean soldOut = i % 20 == 13;
            stock.add(new Object[] {sku, "LEJ", soldOut ? 0 : 1 + random.nextInt(500)});
            stock.add(new Object[] {sku, "MEM", soldOut ? 0 : random.nextInt(200)});
        }
        jdbc.batchUpdate("INSERT INTO product VALUES (?, ?, ?, ?)", products);
        jdbc.batchUpdate("INSERT INTO stock VALUES (?, ?, ?)", stock);
        return prices;
    }

    private void customers() {
        List<Object[]> customers = new ArrayList<>();
        for (int i = 1; i <= CUSTOMERS; i++) {
            customers.add(customer(i, "Customer " + i));
        }
        for (int i = 0; i < GUESTS; i++) {
            customers.add(customer(FIRST_GUEST + i, "Guest"));
        }
        jdbc.batchUpdate("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", customers);
    }

    private Object[] customer(int id, String name) {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        String phone = id % 9 == 4 ? null : "+00 555 " + (1000 + random.nextInt(9000));
        String vatId = random.nextInt(10) < 4 ? country + (100_000_000 + random.nextInt(900_000_000)) : null;
        int points = random.nextInt(12_000);
        // Founders signed up before there were tiers.
        String tier = id % 17 == 5
                ? "FOUNDER"
                : points < 1000 ? "NONE" : points < 4000 ? "SILVER" : points < 10_000 ? "GOLD" : "PLATINUM";
        return new Object[] {
            id, name, "Main Street " + id, "%05d".formatted(id), "Springfield", country, phone, vatId, tier, points
        };
    }

    private void orders(Map<String, BigDecimal> prices) {
        List<String> skus = prices.keySet().stream().sorted().toList();
        Map<Integer, LocalDate> lastDays = new HashMap<>();
        List<Object[]> orders = new ArrayList<>();
        List<Object[]> lines = new ArrayList<>();
        for (int id = 1; id <= ORDERS; id++) {
            int customer = 1 + random.nextInt(CUSTOMERS);
            LocalDate day = FIRST_DAY.plusDays(random.nextInt(400));
            // Some customers order twice on the same day.
            LocalDate placedOn = random.nextInt(14) == 0 ? lastDays.getOrDefault(customer, day) : day;
            lastDays.put(customer, placedOn);
            orders.add(new Object[] {
                id, customer, placedOn, "SHIPPED", "4000 0000 0000 %04d".formatted(random.nextInt(10_000))
            });
            int count = 20 + random.nextInt(13);
            for (int position = 1; position <= count; position++) {
                String sku = skus.get(random.nextInt(skus.size()));
                lines.add(new Object[] {id, position, sku, 1 + random.nextInt(40), prices.get(sku)});
            }
        }
        jdbc.batchUpdate(
                "INSERT INTO orders (id, customer_id, placed_on, status, card) VALUES (?, ?, ?, ?, ?)", orders);
        jdbc.batchUpdate("INSERT INTO order_line VALUES (?, ?, ?, ?, ?)", lines);
    }

    private void reviews(Set<String> skus) {
        List<Object[]> reviews = new ArrayList<>();
        List<Object[]> votes = new ArrayList<>();
        for (String sku : skus.stream().sorted().toList()) {
            int count = random.nextInt(6);
            for (int i = 0; i < count; i++) {
                int id = reviews.size() + 1;
                int author = 1 + random.nextInt(CUSTOMERS);
                int stars = 1 + random.nextInt(OPINIONS.size());
                LocalDate day = FIRST_DAY.plusDays(random.nextInt(400));
                reviews.add(new Object[] {id, sku, "Customer " + author, stars, OPINIONS.get(stars - 1), day});
                int readers = random.nextInt(5);
                for (int reader = 1; reader <= readers; reader++) {
                    votes.add(new Object[] {id, "Customer " + (author + reader), random.nextBoolean()});
                }
            }
        }
        jdbc.batchUpdate("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?)", reviews);
        jdbc.batchUpdate("INSERT INTO review_vote VALUES (?, ?, ?)", votes);
    }
}
