package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves what the ignore rule of this sample accepts, and what it does not accept. */
class BlanksInCodeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p><code> a</code></p>                   | <p><code>a</code></p>",
                "<p>x <code>  </code> y</p>               | <p>x <code></code> y</p>",
                "<p><code>a </code> <code> b</code></p>   | <p><code>a</code> <code>b</code></p>",
                "<pre><code>a</code></pre><code> b</code> | <pre><code>a</code></pre><code>b</code>",
            })
    void blanksAtTheEdgesOfInlineCodeAreAccepted(String primary, String candidate) {
        boolean accepted = BlanksInCode.accepts(primary, candidate);

        assertThat(accepted).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p><code>a b</code></p>              | <p><code>ab</code></p>",
                "<p><code>a  b</code></p>             | <p><code>a b</code></p>",
                "<pre><code> a</code></pre>           | <pre><code>a</code></pre>",
                "<p><code>\u00a0a</code></p>          | <p><code>a</code></p>",
                "<p> a</p>                            | <p>a</p>",
                "<p><code> a</code> b</p>             | <p><code>a</code> c</p>",
                "<p><code> <em>a</em></code></p>      | <p><code><em>a</em></code></p>",
            })
    void anythingElseIsNot(String primary, String candidate) {
        boolean accepted = BlanksInCode.accepts(primary, candidate);

        assertThat(accepted).isFalse();
    }
}
