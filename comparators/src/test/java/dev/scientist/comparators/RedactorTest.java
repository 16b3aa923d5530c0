package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("promise-13")
class RedactorTest {

    record Card(
            @Secret String cardNumber,
            String holder,
            @Nullable Card next) {}

    @Secret
    record Token(String value) {}

    record Payment(String id, List<Card> cards, Token token, Map<String, Address> addresses) {}

    @Secret
    interface Account {}

    record Iban(String value) implements Account {}

    @SuppressWarnings("ArrayRecordComponent")
    record Wallet(Iban main, List<? extends Iban> others, Map<String, Iban> byName, Iban[][] grid) {}

    static class Address {
        @Secret
        String street = "Hidden Lane";

        String city = "Oslo";

        @Secret
        public String getPhone() {
            return "555";
        }
    }

    record Throwing(String value) {
        @Override
        public String value() {
            throw new IllegalStateException("secret");
        }
    }

    @Test
    void nothingIsShownByDefaultNotEvenASize() {
        Redactor redactor = Redactor.hidingAll();

        assertThat(redactor.redact("/a", "secret")).isEqualTo("<text>");
        assertThat(redactor.redact("/a", "")).isEqualTo("<text>");
        assertThat(redactor.redact("/a", BigDecimal.TEN)).isEqualTo("<number>");
        assertThat(redactor.redact("/a", true)).isEqualTo("<boolean>");
        assertThat(redactor.redact("/a", null)).isEqualTo("<null>");
        assertThat(redactor.redact("/a", Map.of("secret", 1))).isEqualTo("<object>");
        assertThat(redactor.redact("", List.of("secret"))).isEqualTo("<array>");
        assertThat(redactor.redact("", new Throwing("x"))).isEqualTo("<" + Throwing.class.getName() + ">");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a, /a/b, true",
        "/a, /ab, false",
        "/*/b, /a/b/c, true",
        "/*/b, /a/c/b, false",
        "/**/b, /a/c/b, true",
        "/**/b, /a/c/b/d, true",
        "/**/b/c, /b/x/b/c/d, true",
        "/**/b/c, /b/x/b, false",
        "/**, '', true",
        "'', /a, true",
        "/a~1b, /a~1b, true",
    })
    void aPathIsAboutThePlaceAndWhatIsBelow(String path, String place, boolean isShown) {
        Object redacted = Redactor.hidingAll().showing(path).redact(place, "value");

        assertThat(redacted).isEqualTo(isShown ? "value" : "<text>");
    }

    @Test
    void theMostCarefulOfAllThatIsSaidHolds() {
        Redactor redactor = Redactor.hidingAll()
                .showing("/customer")
                .hashing("/customer/iban", "/**/both")
                .hiding("/customer/name", "/**/both");
        Map<String, Object> customer = Map.of("city", "Oslo", "iban", "NO93", "name", "Ada", "both", "x");

        Object redacted = redactor.redact("/customer", customer);

        assertThat(redacted)
                .isEqualTo(Map.of(
                        "city",
                        "Oslo",
                        "iban",
                        String.valueOf(redactor.redact("/customer/iban", "NO93")),
                        "name",
                        "<text>",
                        "both",
                        "<text>"));
        assertThat(redactor.redact("/customer/iban", "NO93")).asString().matches("<text [0-9a-f]{16}>");
    }

    @Test
    void typesAreShownAndHidden() {
        Redactor redactor =
                Redactor.hidingAll().showing(Number.class, Map.class).hiding(Long.class);

        Object redacted = redactor.redact("", Map.of("a", 1, "b", 2L, "c", "x", "d", 1.5));

        assertThat(redacted).isEqualTo(Map.of("a", 1, "b", "<number>", "c", "<text>", "d", new BigDecimal("1.5")));
    }

    @Test
    void equalSecretsHaveEqualHashesAndDifferentOnesDifferentHashes() {
        Redactor redactor = Redactor.hidingAll().hashing("/**");
        Map<String, Object> one = new HashMap<>(Map.of("a", new BigDecimal("1.0"), "b", List.of("x")));
        Map<String, Object> same = new HashMap<>(Map.of("b", List.of("x"), "a", BigDecimal.ONE));

        assertThat(redactor.redact("/x", one)).isEqualTo(redactor.redact("/y", same));
        assertThat(redactor.redact("/x", one)).isNotEqualTo(redactor.redact("/x", Map.of("a", 2, "b", List.of("x"))));
        assertThat(redactor.redact("/x", "1")).isNotEqualTo(redactor.redact("/x", 1));
        assertThat(redactor.redact("/x", "\ud800")).isNotEqualTo(redactor.redact("/x", "\ud801"));
        assertThat(Redactor.hidingAll().hashing("/**").redact("/x", "a")).isEqualTo(redactor.redact("/x", "a"));
    }

    @Test
    void theKeyDecidesTheHash() {
        byte[] key = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Redactor redactor = Redactor.hidingAll().hashing("/**");

        Object redacted = redactor.key(key).redact("/x", "a");

        assertThat(redacted).isEqualTo(redactor.key(key).redact("/x", "a")).isNotEqualTo(redactor.redact("/x", "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redactor.key(new byte[15]))
                .withMessageContaining("15");
    }

    @Test
    void whatIsAnnotatedIsHiddenInObjects() {
        Payment payment =
                new Payment("p", List.of(new Card("4711", "Ada", null)), new Token("t"), Map.of("home", new Address()));

        Object redacted = Redactor.showingAll().redact("", payment);

        assertThat(redacted).asString().contains("Ada").doesNotContain("4711", "Token[", "Hidden Lane", "555");
    }

    @Test
    void whatIsAnnotatedIsHiddenInDocumentsWhateverTheNamingConvention() {
        Redactor redactor = Redactor.showingAll().hidingSecretsOf(Payment.class);

        assertThat(redactor.redact("/cards/0/cardNumber", "4711")).isEqualTo("<text>");
        assertThat(redactor.redact("/cards/0/card_number", "4711")).isEqualTo("<text>");
        assertThat(redactor.redact("/cards/0/next/CardNumber", "4711")).isEqualTo("<text>");
        assertThat(redactor.redact("/addresses/home/street", "Hidden Lane")).isEqualTo("<text>");
        assertThat(redactor.redact("/addresses/home/phone", "555")).isEqualTo("<text>");
        assertThat(redactor.redact("/token/value", "t")).isEqualTo("<text>");
        assertThat(redactor.redact("", Map.of("token", "t"))).isEqualTo(Map.of("token", "<text>"));
        assertThat(redactor.redact("/cards/0/holder", "Ada")).isEqualTo("Ada");
    }

    @Test
    void aSecretTypeIsHiddenWithItsSubtypesAndWhereverAFieldHoldsIt() {
        Redactor redactor = Redactor.showingAll().hidingSecretsOf(Wallet.class);
        Map<String, Object> document = Map.of(
                "main", "4111", "others", List.of("4111"), "byName", Map.of("a", "4111"), "grid", List.of("4111"));

        assertThat(String.valueOf(redactor.redact("", document))).doesNotContain("4111");
        assertThat(redactor.redact("/others/0", "4111")).isEqualTo("<text>");
        assertThat(redactor.redact("", new Iban("4111"))).asString().doesNotContain("4111");
        assertThat(Redactor.showingAll().hidingSecretsOf(Iban.class).redact("", "4111"))
                .isEqualTo("<text>");
    }

    @Test
    void anIterableThatIsNoCollectionIsNotReadForAReport() {
        AtomicBoolean isRead = new AtomicBoolean();
        Iterable<String> once = () -> {
            isRead.set(true);
            return List.of("a").iterator();
        };

        Object shown = Redactor.showingAll().redact("", once);

        assertThat(shown).asString().startsWith("<dev.scientist");
        assertThat(isRead).isFalse();
    }

    @Test
    void strangeObjectsDoNoHarm() {
        List<@Nullable Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        Redactor redactor = Redactor.showingAll();

        assertThat(redactor.redact("", cyclic)).isEqualTo(List.of("<array>"));
        assertThat(redactor.redact("", new Throwing("x"))).isEqualTo(Map.of("value", "<unreadable>"));
        assertThat(redactor.redact("", new Object())).isEqualTo("<java.lang.Object>");
        assertThat(redactor.redact("", new int[] {1})).isEqualTo(List.of(1));
        assertThat(redactor.redact("", Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(redactor.redact("", Double.NaN)).isEqualTo("NaN");
        assertThat(redactor.redact("", Optional.of("x"))).isEqualTo("<optional>");
        assertThat(redactor.redact("", Arrays.asList(null, "x"))).isEqualTo(Arrays.asList(null, "x"));
    }

    @Test
    void theSameObjectTwiceIsNoCycle() {
        List<Object> shared = List.of("x");

        Object redacted = Redactor.showingAll().redact("", Collections.nCopies(2, shared));

        assertThat(redacted).isEqualTo(List.of(shared, shared));
    }

    @Test
    void anInvalidPathQuotesItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Redactor.hidingAll().hiding("iban"))
                .withMessageContaining("hiding(\"iban\")");
    }
}
