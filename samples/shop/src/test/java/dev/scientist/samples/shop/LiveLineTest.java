package dev.scientist.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalHasOneLineThatChanges() {
        LiveLine line = new LiveLine(out, true);

        line.show(Duration.ofMillis(250), "one");
        line.show(Duration.ofMillis(500), "two");
        line.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("\r\u001b[Kone\r\u001b[Ktwo\n");
    }

    @Test
    void aFileHasALineEveryFiveSeconds() {
        LiveLine line = new LiveLine(out, false);

        for (int second = 1; second <= 11; second++) {
            line.show(Duration.ofSeconds(second), "at " + second);
        }
        line.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("at 5", "at 10");
    }
}
