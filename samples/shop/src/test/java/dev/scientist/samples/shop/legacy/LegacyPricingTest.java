package dev.scientist.samples.shop.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scientist.samples.shop.ShopTest;
import dev.scientist.samples.shop.domain.Quote;
import dev.scientist.samples.shop.domain.QuoteRequest;
import dev.scientist.samples.shop.domain.QuoteRequest.Item;
import java.math.BigDecimal;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests the rules of the legacy pricing. After each test it is checked that the rewrite gives the same answers. */
@ShopTest
class LegacyPricingTest {

    private static final int PRIVATE = 5001;
    private static final int BUSINESS = 5002;
    private static final int GOLD = 5003;

    @Autowired
    private LegacyPricing pricing;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void arrange() {
        clear();
        jdbc.update(
                "INSERT INTO product VALUES ('TOOL10', 'a tool', 'TOOL', 10.00), ('BOOK10', 'a book', 'BOOK', 10.00)");
        customer(PRIVATE, "NONE", null);
        customer(BUSINESS, "NONE", "DE123456789");
        customer(GOLD, "GOLD", null);
    }

    @AfterEach
    void clear() {
        jdbc.update("DELETE FROM product WHERE sku IN ('TOOL10', 'BOOK10')");
        jdbc.update("DELETE FROM customer WHERE id BETWEEN 5001 AND 5003");
    }

    @ParameterizedTest
    @CsvSource({
        "DE, TOOL10, 1.90", // standard
        "DE, BOOK10, 0.70", // reduced
        "GB, BOOK10, 0", // exempt
        "KW, TOOL10, 0", // no such tax
        "CH, TOOL10, 0.81"
    })
    void taxIsThatOfTheCountryForTheCategory(String country, String sku, BigDecimal tax) {
        Quote quote = pricing.quote(request(PRIVATE, country, "EUR", null, new Item(sku, 1)));

        assertThat(quote.tax()).isEqualByComparingTo(tax);
        assertThat(quote.gross()).isEqualByComparingTo(new BigDecimal("10.00").add(tax));
    }

    @ParameterizedTest
    @CsvSource({"FR, 0", "DE, 1.90", "CH, 0.81"})
    void aBusinessElsewhereInTheUnionAccountsForTheTaxItself(String country, BigDecimal tax) {
        Quote quote = pricing.quote(request(BUSINESS, country, "EUR", null, new Item("TOOL10", 1)));

        assertThat(quote.tax()).isEqualByComparingTo(tax);
    }

    @ParameterizedTest
    @CsvSource({"9, 90.00", "10, 95.00", "49, 465.50", "50, 440.00"})
    void manyOfOneProductAreCheaper(int quantity, BigDecimal net) {
        Quote quote = pricing.quote(request(PRIVATE, "KW", "EUR", null, new Item("TOOL10", quantity)));

        assertThat(quote.net()).isEqualByComparingTo(net);
    }

    @ParameterizedTest
    @CsvSource({
        "SPRING10, 1, 8.60", // 4 + 10
        "SPRNG10, 1, 9.60", // unknown, so loyalty only
        "WELCOME, 10, 86.00", // 4 + 5 + 5 of 100
        "PARTNER20, 50, 375.00" // 4 + 20 + 12, but 25 at most
    })
    void discountsAddUpToTheCap(String coupon, int quantity, BigDecimal net) {
        Quote quote = pricing.quote(request(GOLD, "KW", "EUR", coupon, new Item("TOOL10", quantity)));

        assertThat(quote.net()).isEqualByComparingTo(net);
    }

    @ParameterizedTest
    @CsvSource({"EUR, 10.00", "JPY, 1620", "KWD, 3.320"})
    void amountsHaveTheDecimalsOfTheCurrency(String currency, String net) {
        Quote quote = pricing.quote(request(PRIVATE, "KW", currency, null, new Item("TOOL10", 1)));

        assertThat(quote.net()).hasToString(net);
    }

    @Test
    void whatIsNotSoldIsAnErrorOnBothSides() {
        QuoteRequest request = request(PRIVATE, "DE", "EUR", null, new Item("B-99", 1));

        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> pricing.quote(request))
                .withMessage("no product B-99");
    }

    private static QuoteRequest request(long customer, String country, String currency, String coupon, Item... items) {
        return new QuoteRequest(customer, country, currency, coupon, "web", List.of(items));
    }

    private void customer(int id, String tier, String vatId) {
        jdbc.update(
                "INSERT INTO customer VALUES (?, 'Somebody', 'Street 1', '1', 'Town', 'DE', NULL, ?, ?, 0)",
                id,
                vatId,
                tier);
    }
}
