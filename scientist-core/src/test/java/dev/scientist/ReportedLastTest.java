package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A logger that hangs, or memory that is gone, ends the report alone. */
@DisplayName("What fails is reported when nothing of the call is taken any more")
@Tag("promise-6")
class ReportedLastTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final List<Integer> inFlight = new CopyOnWriteArrayList<>();
    private final AtomicReference<Experiment<String>> experiment = new AtomicReference<>();

    /** An exception that notices when it is reported, because the report calls {@code getCause}. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Runnable whenReported;

        Failure(Runnable whenReported) {
            super("on purpose");
            this.whenReported = whenReported;
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // used by one thread
        public @Nullable Throwable getCause() {
            whenReported.run();
            return null;
        }
    }

    private RuntimeException failure() {
        return new Failure(() -> inFlight.add(experiment.get().tally().inFlight()));
    }

    private List<?> failed() {
        throw failure();
    }

    @Test
    void whereAnArgumentCannotBeCopied() {
        experiment.set(bench.experiment(options -> options.argumentCopier(List.class, list -> failed())));

        experiment.get().run(List.of(), list -> "a", list -> "a");

        assertThat(inFlight).isNotEmpty().containsOnly(0);
    }

    @Test
    void whereAnArgumentOfADescribedCallCannotBeCopied() {
        experiment.set(bench.experiment(options -> options.argumentCopier(List.class, list -> failed())));

        experiment.get().call().candidate(List.of(), list -> "a").run(() -> "a");

        assertThat(inFlight).isNotEmpty().containsOnly(0);
    }

    @Test
    void whereTheArgumentOfThePrimarysSecondRunCannotBeCopied() {
        Door door = bench.door();
        experiment.set(
                bench.experiment(options -> options.replicateRate(1).argumentCopier(List.class, list -> failed())));

        experiment
                .get()
                .call()
                .candidate(() -> {
                    door.pass();
                    return "a";
                })
                .replicate(List.of(), list -> "a")
                .run(() -> "a");
        door.open();

        assertThat(inFlight).isNotEmpty().containsOnly(1); // the candidate's
    }

    @Test
    void whereTheCallersContextCannotBeCaptured() {
        bench.use(bench.builder().contextCarrier(() -> {
            throw failure();
        }));
        experiment.set(bench.experiment());

        experiment.get().run(() -> "a", () -> "a");
        experiment.get().call().candidate(() -> "a").run(() -> "a");

        assertThat(inFlight).isNotEmpty().containsOnly(0);
    }
}
