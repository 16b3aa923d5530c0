package dev.scientist.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @ParameterizedTest
    @CsvSource({
        "'',no benchmark was named",
        "nonsense,unknown benchmark nonsense",
        "caller --fast,unknown option --fast",
        "caller spring,one benchmark at a time"
    })
    void aWrongCallIsAnsweredInOneLineThatNamesWhatThereIs(String line, String complaint) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream error = new PrintStream(said, true, StandardCharsets.UTF_8);

        int exit = Main.run(
                List.of(line.split(" ")).stream()
                        .filter(word -> !word.isEmpty())
                        .toList(),
                error);

        assertThat(exit).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8).lines().toList())
                .singleElement()
                .asString()
                .startsWith(complaint)
                .contains("caller");
    }
}
