package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.scientist.Difference.Kind;
import dev.scientist.Difference.Severity;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    @ParameterizedTest
    @CsvSource({
        "'', (whole answer)",
        "/total, /total",
        "/items/17/price, /items/*/price",
        "/items/0, /items/*",
        "/1/2/3, /*/*/*",
        "/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301/id, /orders/*/id",
        "/orders/3F2504E0-4F89-11D3-9A0C-0305E82C3301, /orders/*",
        "/blobs/0123456789abcdef, /blobs/*",
        "/blobs/0123456789abcdef0123456789abcdef01234567/size, /blobs/*/size",
        "/item17/price, /item17/price",
        "/17items/price, /17items/price",
        "/decade/face, /decade/face",
        "/a~1b/0, /a~1b/*",
    })
    void aSignatureHasAPatternInsteadOfWhatVaries(String path, String pattern) {
        Difference difference = Difference.of(path, Kind.CHANGED, "a", "b");

        String signature = difference.signature();

        assertThat(signature).isEqualTo("changed " + pattern + " [java.lang.String]");
    }

    @Test
    void aDifferenceOfAPartKeepsAllButItsPathInTheWhole() {
        Difference part = Difference.of("/price", Kind.CHANGED, 1, 2)
                .withSeverity(Difference.Severity.CRITICAL)
                .withoutValues();

        Difference whole = part.below("/body/3");

        assertThat(whole.path()).isEqualTo("/body/3/price");
        assertThat(whole.severity()).isEqualTo(Difference.Severity.CRITICAL);
        assertThat(whole.primaryType()).isEqualTo("java.lang.Integer");
    }

    @Test
    void aSignatureNamesKindAndTypes() {
        List<String> signatures = List.of(
                Difference.of("/a", Kind.TYPE_CHANGED, 1, "1").signature(),
                Difference.of("/a", Kind.MISSING, 1, null).signature(),
                Difference.of("/a", Kind.UNEXPECTED, null, new int[0]).signature(),
                Difference.of("/a", Kind.ERROR, new IllegalStateException("x"), null)
                        .signature());

        assertThat(signatures)
                .containsExactly(
                        "type_changed /a [java.lang.Integer -> java.lang.String]",
                        "missing /a [java.lang.Integer -> null]",
                        "unexpected /a [null -> int[]]",
                        "error /a [java.lang.IllegalStateException -> null]");
    }

    @Test
    void theSameDisagreementInOtherCallsHasTheSameSignature() {
        Difference one = Difference.of("/items/1/price", Kind.CHANGED, 10, 11);

        Difference other = Difference.of("/items/999/price", Kind.CHANGED, -5, 8);

        assertThat(other.signature()).isEqualTo(one.signature());
    }

    /** A path from traffic must not cost more than its length. */
    @Test
    @Timeout(20)
    @Tag("promise-14")
    @DisplayName("Promise 14: signatures are bounded whatever the traffic contains")
    void aLongPathHasAShortSignatureInLinearTime() {
        String path = "/" + "1".repeat(200_000) + "x/" + "a".repeat(200_000) + "/" + "0-".repeat(100_000)
                + "/17/".repeat(50_000);

        String signature = Difference.of(path, Kind.CHANGED, 1, 2).signature();

        assertThat(signature).startsWith("changed /1111").hasSizeLessThan(500);
    }

    @Test
    @Tag("promise-13")
    @DisplayName("Promise 13: a difference shows path, kind and types only")
    void theTextsOfADifferenceNeverTouchItsValues() {
        Difference difference = Difference.of("/a", Kind.CHANGED, new Bench.Hostile(), new Bench.Hostile());

        String texts = difference
                + difference.signature()
                + difference.hashCode()
                + difference.equals(difference.withoutValues());

        assertThat(texts).startsWith("changed at /a [dev.scientist.Bench$Hostile]");
    }

    @Test
    void equalityComparesValuesByIdentityOnly() {
        Object hostile = new Bench.Hostile();
        Difference difference = Difference.of("/a", Kind.CHANGED, hostile, null);

        List<Boolean> equal = Arrays.asList(
                difference.equals(Difference.of("/a", Kind.CHANGED, hostile, null)),
                difference.equals(Difference.of("/a", Kind.CHANGED, new Bench.Hostile(), null)),
                difference.equals(Difference.of("/b", Kind.CHANGED, hostile, null)),
                difference.equals(Difference.of("/a", Kind.MISSING, hostile, null)),
                difference.equals(difference.withSeverity(Severity.MINOR)));

        assertThat(equal).containsExactly(true, false, false, false, false);
        assertThat(difference).hasSameHashCodeAs(Difference.of("/a", Kind.CHANGED, hostile, null));
    }

    @Test
    void withoutValuesKeepsPathKindSeverityAndTypes() {
        Difference difference = Difference.of("/a", Kind.CHANGED, 1, 2).withSeverity(Severity.CRITICAL);

        Difference bare = difference.withoutValues();

        assertThat(bare.primary()).isNull();
        assertThat(bare.candidate()).isNull();
        assertThat(bare.path()).isEqualTo("/a");
        assertThat(bare.kind()).isEqualTo(Kind.CHANGED);
        assertThat(bare.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(bare.primaryType()).isEqualTo("java.lang.Integer");
        assertThat(bare.signature()).isEqualTo(difference.signature());
    }

    @Test
    void pathAndKindAndSeverityAreMandatory() {
        Difference difference = Difference.of("", Kind.CHANGED, 1, 2);

        assertThatNullPointerException()
                .isThrownBy(() -> Difference.of(null, Kind.CHANGED, 1, 2))
                .withMessage("path");
        assertThatNullPointerException()
                .isThrownBy(() -> Difference.of("", null, 1, 2))
                .withMessage("kind");
        assertThatNullPointerException()
                .isThrownBy(() -> difference.withSeverity(null))
                .withMessage("severity");
    }

    /** An interface of the application. */
    interface View {}

    @Test
    void aProxyIsNamedByTheInterfaceOfTheApplication() {
        Object proxy = Proxy.newProxyInstance(
                View.class.getClassLoader(),
                new Class<?>[] {Comparable.class, View.class},
                (self, method, args) -> null);

        Difference difference = Difference.of("", Kind.CHANGED, proxy, proxy);

        assertThat(difference.primaryType()).isEqualTo(View.class.getName());
    }

    @Test
    void aProxyOfNoInterfaceOfTheApplicationIsNamedByItsFirst() {
        Object proxy = Proxy.newProxyInstance(
                View.class.getClassLoader(),
                new Class<?>[] {Comparable.class, Runnable.class},
                (self, method, args) -> null);

        Difference difference = Difference.of("", Kind.CHANGED, proxy, proxy);

        assertThat(difference.primaryType()).isEqualTo("java.lang.Comparable");
    }
}
