package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportTest {

    @ParameterizedTest
    @ValueSource(ints = {76, 80, 100})
    void noLineIsWiderThanTheTerminal(int width) {
        String text = TerminalReport.of(Reports.hostile(), new Terminal(false, false, width));

        assertThat(text.lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
    }

    @Test
    void withoutColourThereIsNoEscapeCharacterEvenIfTheInputHasOne() {
        String text = TerminalReport.of(Reports.hostile(), Terminal.PLAIN);

        assertThat(text).doesNotContain("\u001b").contains("»<p>«");
    }

    @Test
    void theInputCannotColourTheTerminal() {
        String text = TerminalReport.of(Reports.hostile(), new Terminal(true, true, 100));

        assertThat(text).contains("\u001b[1m").doesNotContain("\u001b[31m\u0000");
    }

    @Test
    void theEightVerdictsAndTheirSumAreShown() {
        String text = TerminalReport.of(Reports.hostile(), Terminal.PLAIN);

        assertThat(text.lines().map(String::strip))
                .anyMatch(line -> line.matches("matched +1,380 .*"))
                .anyMatch(line -> line.matches("candidate_failed +1 .*"))
                .anyMatch(line -> line.matches("skipped +0"))
                .anyMatch(line -> line.matches("sum +1,424 +=.*1,424 calls"));
    }

    @Test
    void theRateComesWithItsBounds() {
        String text = TerminalReport.of(Reports.hostile(), Terminal.PLAIN);

        assertThat(text).containsPattern("41\\.0 % of 100 calls \\(99 %: \\d+\\.\\d % to \\d+\\.\\d %\\)");
    }

    @Test
    void itEndsWithTheDecision() {
        String text = TerminalReport.of(Reports.hostile(), Terminal.PLAIN);

        assertThat(text.replaceAll("\\s+", " "))
                .contains("May it serve one call in a hundred? HOLD: " + Reports.DECISION + ".");
    }

    @Test
    void colourIsForTerminalsThatDoNotDecline() {
        Terminal plain = Terminal.of(Map.of("TERM", "xterm"), false);
        Terminal coloured = Terminal.of(Map.of("TERM", "xterm", "COLUMNS", "120"), true);
        Terminal declined = Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true);
        Terminal dumb = Terminal.of(Map.of("TERM", "dumb"), true);

        assertThat(plain).isEqualTo(Terminal.PLAIN);
        assertThat(coloured).isEqualTo(new Terminal(true, true, 100));
        assertThat(declined).isEqualTo(new Terminal(true, false, 80));
        assertThat(dumb).isEqualTo(new Terminal(false, false, 80));
    }
}
