package dev.scientist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.testing.RecordingPublisher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Proves that answers which are proxies of Spring Data are recognised at start, and named by their interface. */
@Tag("promise-1")
@ExtendWith(OutputCaptureExtension.class)
class ProjectionTest {

    private static final String WARNING =
            "experiment receipts.find: The method answers with List<Receipt>, which may be" + " loaded when it is read";

    private static Trial<?> trial(String... properties) {
        try (ConfigurableApplicationContext service = Service.start(properties)) {
            service.getBean(Desk.class).fill(1);
            service.getBean(Receipts.class).find("customer 1");
            service.getBean(dev.scientist.Scientist.class).close(); // waits for the verdict
            return service.getBean(RecordingPublisher.class).takeTrials().get(0);
        }
    }

    @Test
    void theStartSaysThatTheyAreNotComparedAndWhatHelps(CapturedOutput output) {
        Trial<?> trial = trial();

        assertThat(trial.candidates().get(0).verdict()).isEqualTo(Verdict.UNCOMPARED);
        assertThat(trial.candidates().get(0).reason()).isEqualTo(Reason.SESSION);
        assertThat(output.getAll()).contains(WARNING, "Set scientist.experiments.receipts.find.snapshot to json, take");
    }

    @Test
    void theInterfaceIsNamedAndNotTheProxy(CapturedOutput output) {
        trial();

        assertThat(output.getAll())
                .contains("answer has a dev.scientist.service.Receipt, which may be loaded")
                .doesNotContain("$Proxy");
    }

    @Test
    void whatTheStartSaysHelps(CapturedOutput output) {
        Trial<?> trial = trial("scientist.experiments.receipts.find.snapshot=json");

        assertThat(trial.candidates().get(0).verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(output.getAll()).doesNotContain(WARNING);
    }
}
