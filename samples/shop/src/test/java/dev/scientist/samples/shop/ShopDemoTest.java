package dev.scientist.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("database")
class ShopDemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Test
    void theWholeRunFindsEverySeededDefectAndNothingElse() throws Exception {
        int status = run("--port", "0", "--calls", "900");

        assertThat(text(out))
                .contains("/actuator/experiments", "accepted: great prayer day")
                .contains("DECISIONS", "  HOLD     catalog.product", "  HOLD     pricing.quote ")
                .containsPattern("pricing\\.quote\\s+\\[[A-Z]{2}] has a critical\\s+difference")
                .contains("  HOLD     orders.detail: 50 % of the candidate's calls take more than ")
                .endsWith("Found 7 of 7 seeded defects, and nothing else.\n");
        assertThat(status).isZero();
        assertThat(text(out)).doesNotContain("not served");
    }

    @ParameterizedTest
    @CsvSource({", 100", "wide, 100", "20, 60", "80, 80", "300, 100"})
    void linesAreAsLongAsTheTerminalAndReadWell(String columns, int width) {
        assertThat(ShopDemo.width(columns)).isEqualTo(width);
    }

    @Test
    void anInterruptEndsTheTrafficAndReportsOnce() throws Exception {
        interrupted.countDown();

        int status = run("--port", "0", "--seconds", "0");

        assertThat(status).isEqualTo(1); // stopped too early to have found a defect
        assertThat(text(out)).containsOnlyOnce("WHAT THE PARALLEL RUN FOUND").contains("MISSED  rounding mode");
    }

    @Test
    void aPortThatIsTakenIsAMistakeWhereItWasAskedFor() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = run("--port", String.valueOf(other.getLocalPort()));

            assertThat(status).isEqualTo(2);
            assertThat(text(err))
                    .contains("--port must be a port that nobody listens on but was " + other.getLocalPort());
        }
    }

    @Test
    void aMistakeEndsTheProgramBeforeAnyWork() throws Exception {
        int status = run("--seconds", "soon");

        assertThat(status).isEqualTo(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("--seconds must be a whole number", "Usage: ./demo shop");
    }

    @Test
    void helpIsNoMistake() throws Exception {
        int status = run("--help");

        assertThat(status).isZero();
        assertThat(text(out)).isEqualTo(Options.USAGE);
    }

    private int run(String... words) throws Exception {
        PrintStream print = print(out);
        return ShopDemo.run(print, print(err), new LiveLine(print, false), interrupted, words);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
