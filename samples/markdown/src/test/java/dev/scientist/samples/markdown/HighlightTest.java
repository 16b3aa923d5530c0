package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HighlightTest {

    @Test
    void onlyWhatDiffersIsMarked() {
        Highlight.Pair pair = Highlight.of("<p>foo<em>bar</em>baz</p>", "<p>foo*bar*baz</p>");

        assertThat(marked(pair.primary())).isEqualTo("<p>foo[<em>]bar[</em>]baz</p>");
        assertThat(marked(pair.candidate())).isEqualTo("<p>foo[*]bar[*]baz</p>");
    }

    @Test
    void whereOneSideHasNothingItSaysSo() {
        Highlight.Pair pair = Highlight.of("<code> a</code>", "<code>a</code>");

        assertThat(marked(pair.primary())).isEqualTo("<code>[ ]a</code>");
        assertThat(marked(pair.candidate())).isEqualTo("<code>[]a</code>");
    }

    @Test
    void aBlankBetweenTwoDifferencesIsPartOfThem() {
        Highlight.Pair pair = Highlight.of("<a>\n<b>x", "<c>\n<d>x");

        assertThat(marked(pair.primary())).isEqualTo("[<a>\n<b>]x");
        assertThat(marked(pair.candidate())).isEqualTo("[<c>\n<d>]x");
    }

    @Test
    void theSegmentsOfATextAreTheText() {
        Random random = new Random(11);

        for (int i = 0; i < 2_000; i++) {
            String primary = soup(random);
            String candidate = soup(random);

            Highlight.Pair pair = Highlight.of(primary, candidate);

            assertThat(text(pair.primary())).isEqualTo(primary);
            assertThat(text(pair.candidate())).isEqualTo(candidate);
            assertThat(pair.primary().segments()).hasSameSizeAs(pair.candidate().segments());
        }
    }

    @Test
    void textsTooLongToCompareDifferAsAWhole() {
        String primary = "a ".repeat(2000);
        String candidate = "b ".repeat(2000);

        Highlight.Pair pair = Highlight.of(primary, candidate);

        assertThat(text(pair.primary())).isEqualTo(primary);
        assertThat(pair.candidate().segments()).containsExactly(new Highlight.Segment(candidate, true));
    }

    private static String soup(Random random) {
        return random.ints(random.nextInt(30), 0, 6)
                .mapToObj("<p> \na&lt;"::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static String text(Highlight highlight) {
        return highlight.segments().stream().map(Highlight.Segment::text).collect(Collectors.joining());
    }

    private static String marked(Highlight highlight) {
        return highlight.segments().stream()
                .map(segment -> segment.differs() ? "[" + segment.text() + "]" : segment.text())
                .collect(Collectors.joining());
    }
}
