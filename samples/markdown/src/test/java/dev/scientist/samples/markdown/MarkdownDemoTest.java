package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownDemoTest {

    @TempDir
    Path folder;

    @Test
    void allThreeReportsAreWritten() throws Exception {
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = MarkdownDemo.run(
                print(out),
                print(out),
                Terminal.PLAIN,
                "--documents",
                "20",
                "--json",
                json.toString(),
                "--html",
                html.toString());

        assertThat(status).isZero();
        JsonNode told = new ObjectMapper().readTree(json.toFile());
        assertThat(told.get("calls").asLong()).isEqualTo(652 + 672 + 20);
        assertThat(told.get("decision").get("kind").asText()).isEqualTo("hold");
        assertThat(html).content().contains("<svg", "1,344 calls");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1,344 calls", "VERDICTS", json.toString(), html.toString());
    }

    @Test
    void aTerminalSeesABarThatIsGoneAtTheEnd() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        MarkdownDemo.run(print(out), print(out), new Terminal(true, true, 80), "--documents", "20");

        String text = out.toString(StandardCharsets.UTF_8);
        String whileItRan = text.substring(0, text.indexOf("VERDICTS"));
        assertThat(whileItRan)
                .contains("CommonMark ", "GFM ", "Documents ", "░")
                .contains("\r\u001b[K  \u001b[1mFrom");
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
