package dev.scientist.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void nothingIsNeeded() throws Options.UsageException {
        Options options = Options.parse();

        assertThat(options).isEqualTo(new Options(null, 30, 0, 42));
    }

    @Test
    void everythingCanBeSaid() throws Options.UsageException {
        Options options = Options.parse("--seed", "-1", "--seconds", "0", "--port", "0");

        assertThat(options).isEqualTo(new Options(0, 0, 0, -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--colour always       | option must be one of --port, --seconds, --calls, --seed but was --colour",
                "extra                 | option must be one of --port, --seconds, --calls, --seed but was extra",
                "--port                | --port must be followed by a value but there is none",
                "--port --seed 1       | --port must be followed by a value but there is none",
                "--port 65536          | --port must be a whole number from 0 to 65535 but was \"65536\"",
                "--seconds soon        | --seconds must be a whole number from 0 to 86400 but was \"soon\"",
                "--seconds -1          | --seconds must be a whole number from 0 to 86400 but was \"-1\"",
                "--calls 0             | --calls must be a whole number from 1 to 1000000 but was \"0\"",
                "--seed 1 --seed 2     | --seed must be given once but was given twice",
                "--calls 9 --seconds 9 | --calls must not be given together with --seconds: either decides when to end"
            })
    void aMistakeIsNamedWithOptionRuleAndValue(String line, String message) {
        String[] words = line.split(" ");

        assertThatExceptionOfType(Options.UsageException.class)
                .isThrownBy(() -> Options.parse(words))
                .withMessage(message);
    }

    /** The script prints the usage without starting Java, so it has a copy of the text. */
    @Test
    void theScriptTellsTheSameOptions() throws IOException {
        String script = Files.readString(Path.of("").toAbsolutePath().resolve("../../demo"));

        String options = Options.USAGE.substring(Options.USAGE.indexOf("  --port"), Options.USAGE.indexOf("  --help"));

        assertThat(script.replaceAll("\\s+", " ")).contains(options.replaceAll("\\s+", " "));
    }
}
