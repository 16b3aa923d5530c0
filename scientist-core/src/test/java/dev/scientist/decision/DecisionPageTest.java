package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The code and the figures of docs/decision.md. */
class DecisionPageTest {

    private static final int CALLS = 100;

    @Test
    @Timeout(60)
    void theFirstExampleSaysWhatIsMissing() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            decide();
        } finally {
            System.setOut(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("HOLD: checkout.quote [DK] differs in 0 of 100 (0 %); the true rate is below ")
                .contains("5 599 more comparisons if all are equal")
                .contains("HOLD: checkout.quote was counted for ");
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.05, 389",
        "0.005, 0.05, 779",
        "0.002, 0.05, 1950",
        "0.001, 0.05, 3901",
        "0.001, 0.01, 5699",
        "0.0001, 0.01, 57011"
    })
    void theTableOfCostsIsTheOneThatIsTrue(double threshold, double alpha, long comparisons) throws IOException {
        String page = Files.readString(Path.of("../docs/decision.md"));

        assertThat(ConfidenceSequence.upper(comparisons, 0, alpha)).isLessThan(threshold);
        assertThat(ConfidenceSequence.upper(comparisons - 1, 0, alpha)).isGreaterThan(threshold);
        assertThat(page)
                .contains("| " + Sentences.written(threshold) + ", " + Sentences.confidence(alpha) + " | "
                        + Sentences.count(comparisons) + " |");
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.05", "0.002, 0.05", "0.001, 0.01"})
    void theTableOfPairsIsTheOneThatIsTrue(double threshold, double alpha) throws IOException {
        String page = Files.readString(Path.of("../docs/decision.md"));

        assertThat(page)
                .contains("| " + Sentences.written(threshold) + ", " + Sentences.confidence(alpha) + " | "
                        + pairs(0.01, threshold, alpha) + " | " + pairs(0.1, threshold, alpha) + " | "
                        + pairs(0.4, threshold, alpha) + " |");
    }

    /**
     * The number of pairs that are needed if each side differs in this share of the calls, independently of the other.
     */
    private static String pairs(double noise, double threshold, double alpha) {
        double enough = Math.log(2 / alpha);
        double alone = noise * (1 - noise);
        long from = 0;
        long to = 1L << 30;
        while (to - from > 1) {
            long middle = (from + to) / 2;
            long each = Math.round(middle * alone);
            if (EProcess.lnPairedBelow(middle, each, each, threshold) >= enough) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return Sentences.count(Math.round(to / 100.0) * 100);
    }

    @ParameterizedTest
    @EnumSource
    void theTableOfStepsIsTheOneThatIsTrue(Step step) throws IOException {
        String page = Files.readString(Path.of("../docs/decision.md"));
        DecisionPolicy policy = DecisionPolicy.of(step);

        assertThat(page)
                .contains("| `" + step + "` | " + Sentences.written(policy.threshold()) + " | "
                        + Sentences.written(policy.alpha()) + " | " + Sentences.duration(policy.soak()) + " | "
                        + (policy.candidateServes() ? "yes" : "no") + " |");
    }

    private static void decide() {
        // tag::decision[]
        Evidence evidence =
                Evidence.builder().stratum("checkout.quote", "country").build();
        try (Scientist scientist = Scientist.builder().publisher(evidence).build()) {
            run(scientist.experiment("checkout.quote"));

            Decision decision =
                    Decision.decide(evidence.snapshot("checkout.quote"), DecisionPolicy.of(Step.FROM_25_TO_50_PERCENT));

            decision.reasons().forEach(reason -> System.out.println(decision.kind() + ": " + reason.sentence()));
        }
        // end::decision[]
    }

    /** One call after another: more at once than there are permits would be shed, and the decision would say so. */
    private static void run(Experiment<String> quotes) {
        for (int i = 0; i < CALLS; i++) {
            quotes.call().attribute("country", "DK").candidate(() -> "12.50").run(() -> "12.50");
            while (quotes.tally().inFlight() > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
