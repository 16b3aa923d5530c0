package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlComparatorTest {

    private static final List<String> PIECES = List.of(
            "<p>",
            "</p>",
            "<a href=\"x\">",
            "<a href='y' title>",
            "</a>",
            "<br />",
            "<!-- c -->",
            "<!-->",
            "<",
            ">",
            "\"",
            "'",
            "&lt;",
            "text",
            " ",
            "\n",
            "<em",
            "</",
            "<?php ?>",
            "<![CDATA[x]]>",
            "<!DOCTYPE html>",
            "-->",
            "=",
            "🙂",
            "<x-y z=\"<\">");

    private final HtmlComparator comparator = new HtmlComparator();

    @Test
    void thereIsADifferenceExactlyWhereTheTextsAreNotEqual() {
        Random random = new Random(20261120);

        for (int i = 0; i < 20_000; i++) {
            String primary = soup(random);
            String candidate = random.nextInt(4) == 0 ? new String(primary) : changed(primary, random);

            assertThat(comparator.compare(primary, candidate).isEmpty())
                    .as("%s | %s", primary, candidate)
                    .isEqualTo(primary.equals(candidate));
        }
    }

    @Test
    void thePiecesOfATextAreTheText() {
        Random random = new Random(7);

        for (int i = 0; i < 5_000; i++) {
            String html = soup(random);

            String again = HtmlToken.of(html).stream().map(HtmlToken::text).collect(Collectors.joining());

            assertThat(again).isEqualTo(html);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "<p>a</p>                        | <p>b</p>                     | changed /p/text()",
                "<p><code> a</code></p>          | <p><code>a</code></p>        | changed /code/text()",
                "<code> </code>                  | <code></code>                | missing /code/text()",
                "<p>foo<em>bar</em></p>          | <p>foo*bar*</p>              | missing /em",
                "<p>*a*</p>                      | <p><em>a</em></p>            | unexpected /em",
                "<p>a <!-- b --></p>             | <p>a &lt;!-- b --&gt;</p>    | missing /p/comment()",
                "<a href='x'>a</a>               | <a href='y'>a</a>            | changed /a/@href",
                "<a href='x' title='t'>a</a>     | <a href='x'>a</a>            | missing /a/@title",
                "<a href='x'>a</a>               | <a href='x' rel='y'>a</a>    | unexpected /a/@rel",
                "<a  href='x'>a</a>              | <a href='x'>a</a>            | changed /a",
                "<ul><li>a</li></ul>             | <ul><li>a</li><li>b</li></ul>| unexpected /li",
                "<pre>a</pre>                    | <p>a</p>                     | changed /pre",
                "<ul><li>d - e</li></ul>         | <ul><li>d</li></ul>          | missing /li/text()",
                "<p>a<br />b</p>                 | <p>a<br />c</p>              | changed /p/text()",
                "a                               | b                            | changed /text()",
            })
    void theFirstDifferenceHasAPathThatNamesItsCause(String primary, String candidate, String expected) {
        List<Difference> differences = comparator.compare(primary, candidate);

        assertThat(differences)
                .singleElement()
                .extracting(difference -> difference.kind().tag() + " " + difference.path())
                .isEqualTo(expected);
    }

    private static String soup(Random random) {
        return random.ints(random.nextInt(12), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining());
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return random.nextBoolean() ? text.substring(0, at) : text.substring(0, at) + piece + text.substring(at);
    }
}
