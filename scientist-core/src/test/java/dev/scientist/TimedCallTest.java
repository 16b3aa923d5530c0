package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that is not sampled and only timed, whose primary somebody else runs")
class TimedCallTest {

    private final FakeTicker ticker = new FakeTicker();
    private final WorkQueue queue = new WorkQueue();
    private final Dispatcher neverStarted = new Dispatcher(queue, TestScientists.workers(1, queue), ticker);
    private final Engine engine = new Engine(
            neverStarted,
            new PublisherFanOut(List.of(), 1, neverStarted),
            new ContextCarriers(List.of()),
            1,
            Duration.ofSeconds(20),
            ticker,
            InstantSource.system());
    private final ExperimentSettings settings =
            new ExperimentOptions.Builder<String>(InstantSource.system()).build().settings;
    private final List<Long> recorded = new ArrayList<>();

    /** Records a time, and then fails. */
    private final class Failing implements LatencyComparison {
        @Override
        public LatencyComparison begin() {
            return this;
        }

        @Override
        public void record(boolean isSampled, long nanos) {
            recorded.add(nanos);
            throw new IllegalStateException("of a provider");
        }

        @Override
        public @Nullable String slower() {
            return null;
        }
    }

    private final class Owner implements AdaptiveSampling.Owner {
        @Override
        public ExperimentSettings settings() {
            return settings;
        }

        @Override
        public boolean replace(ExperimentSettings before, ExperimentSettings after) {
            return false;
        }
    }

    private ObservedPrimary<String> timed() {
        Tally tally = new Tally(List.of("candidate"), List.of(), new Permits());
        AdaptiveSampling sampling = new AdaptiveSampling("experiment", engine, tally, new Owner(), new Failing());
        sampling.begin(settings);
        return sampling.observe(settings);
    }

    @Test
    void aFailureOfTheComparisonDoesNotReachTheReportingCode() {
        ObservedPrimary<String> primary = timed();
        ObservedPrimary<String> failed = timed();
        ticker.advance(Duration.ofNanos(7));

        assertThatCode(() -> primary.returned("a")).doesNotThrowAnyException();
        assertThatCode(() -> failed.threw(new IOException("x"))).doesNotThrowAnyException();

        assertThat(recorded).containsExactly(7L, 7L);
    }

    @Test
    void withoutAnErrorItIsNotKnownHowLongItTook() {
        ObservedPrimary<String> primary = timed();

        primary.threw(null);
        primary.returned("a");

        assertThat(recorded).isEmpty();
    }
}
