package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @TempDir
    Path folder;

    @Test
    void nothingIsNeeded() throws Arguments.UsageException {
        Arguments arguments = Arguments.parse();

        assertThat(arguments).isEqualTo(new Arguments(null, null, 5000, 4, 42));
    }

    @Test
    void everythingCanBeSaid() throws Arguments.UsageException {
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");

        Arguments arguments = Arguments.parse(
                "--seed",
                "-1",
                "--json",
                json.toString(),
                "--html",
                html.toString(),
                "--documents",
                "10",
                "--threads",
                "1");

        assertThat(arguments).isEqualTo(new Arguments(json, html, 10, 1, -1));
    }

    @Test
    void lookingWhetherAFileCanBeWrittenLeavesNoTrace() throws IOException, Arguments.UsageException {
        Path there = Files.writeString(folder.resolve("there"), "as it was");
        Path absent = folder.resolve("absent");

        Arguments.parse("--json", there.toString(), "--html", absent.toString());

        assertThat(there).hasContent("as it was");
        assertThat(absent).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--colour always     | option must be one of --json, --html, --documents, --threads, --seed but was --colour",
                "extra               | option must be one of --json, --html, --documents, --threads, --seed but was extra",
                "--json              | --json must be followed by a value but there is none",
                "--json --html x     | --json must be followed by a value but there is none",
                "--documents many    | --documents must be a whole number from 1 to 100000 but was \"many\"",
                "--documents 0       | --documents must be a whole number from 1 to 100000 but was \"0\"",
                "--documents 100001  | --documents must be a whole number from 1 to 100000 but was \"100001\"",
                "--threads 65        | --threads must be a whole number from 1 to 64 but was \"65\"",
                "--threads 2.5       | --threads must be a whole number from 1 to 64 but was \"2.5\"",
                "--seed 1 --seed 2   | --seed must be given once but was given twice",
                "--html /            | --html must be a file that can be written but was \"/\"",
                "--json no/such/file | --json must be a file that can be written but was \"no/such/file\""
            })
    void aMistakeIsNamedWithOptionRuleAndValue(String line, String message) {
        String[] words = line.split(" ");

        assertThatExceptionOfType(Arguments.UsageException.class)
                .isThrownBy(() -> Arguments.parse(words))
                .withMessage(message);
    }

    @Test
    void theSameFileCannotHoldBothReports() {
        String file = folder.resolve("report").toString();

        assertThatExceptionOfType(Arguments.UsageException.class)
                .isThrownBy(() -> Arguments.parse("--json", file, "--html", file))
                .withMessageContaining("--json and --html must be different files");
    }

    @Test
    void aMistakeEndsTheProgramBeforeAnyWork() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = MarkdownDemo.run(print(out), print(err), Terminal.PLAIN, "--threads", "none");

        assertThat(status).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .startsWith("--threads must be a whole number from 1 to 64 but was \"none\"", "")
                .anyMatch(line -> line.startsWith("Usage: ./demo markdown"));
    }

    @Test
    void helpIsNoMistake() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = MarkdownDemo.run(print(out), print(out), Terminal.PLAIN, "--help");

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Arguments.USAGE);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
