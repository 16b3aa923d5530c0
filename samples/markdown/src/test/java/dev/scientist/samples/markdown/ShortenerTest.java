package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortenerTest {

    @Test
    void onlyTheLinesThatMatterRemain() {
        String markdown = "a\nb\nneedle\nc\nd\neye\ne\n";

        String shorter = Shortener.shorten(markdown, text -> text.contains("needle") && text.contains("eye"));

        assertThat(shorter).isEqualTo("needle\neye");
    }

    @Test
    void whatCannotBeShorterStaysAsItIs() {
        String markdown = "a\n\nb\n";

        String same = Shortener.shorten(markdown, markdown::equals);

        assertThat(same).isEqualTo(markdown);
    }
}
