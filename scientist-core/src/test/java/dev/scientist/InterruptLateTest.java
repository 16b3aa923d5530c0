package dev.scientist;

import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A late candidate that is not to be interrupted")
class InterruptLateTest {

    private static final Duration LATE = Duration.ofSeconds(2);

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    @Tag("promise-5")
    void isCountedAtItsDeadlineAndKeepsItsPermitUntilItEnds() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.interruptLate(false));
        experiment.run(() -> "a", () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);

        bench.ticker.advance(LATE);
        bench.letDispatcherWork();
        eventually("it is counted", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);
        int inFlight = experiment.tally().inFlight();
        door.open();
        Bench.settle(experiment);

        assertThat(inFlight).isEqualTo(1);
        assertThat(door.interruptions()).isZero();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }
}
