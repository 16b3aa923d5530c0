package dev.scientist.benchmarks.caller;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.Implementation;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An experiment of this library. */
final class OurCall implements Contender {

    private static final String CANDIDATE = "candidate";
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Scientist scientist;
    private final Experiment<Answer> experiment;
    private final Implementation<Answer, RuntimeException> primary;
    private final Implementation<Answer, RuntimeException> candidate;
    private long callsBefore;
    private long skippedBefore;

    private OurCall(Scientist scientist, Experiment<Answer> experiment, Sides sides) {
        this.scientist = scientist;
        this.experiment = experiment;
        this.primary = sides.primary();
        this.candidate = sides.candidate();
    }

    /** An experiment that differs from the defaults by some options, in a scientist of its own. */
    static OurCall with(Consumer<ExperimentOptions.Builder<Answer>> options, Sides sides) {
        return in(Scientist.builder(), options, sides);
    }

    static OurCall in(Scientist.Builder builder, Consumer<ExperimentOptions.Builder<Answer>> options, Sides sides) {
        Scientist scientist = builder.closeTimeout(Duration.ofMillis(100)).build();
        return new OurCall(scientist, scientist.experiment("benchmark", options), sides);
    }

    /**
     * The defaults, with as many permits as a scientist has: a caller that never pauses for long is to be sampled, not
     * shed.
     */
    static OurCall sampled(ExperimentOptions.Start start, Sides sides) {
        return with(options -> options.start(start).maxConcurrent(256), sides);
    }

    @Override
    public @Nullable Answer call() {
        return experiment.run(primary, candidate);
    }

    Tally tally() {
        return experiment.tally();
    }

    /** Begins to count for {@link #sampledShare}; when nothing is in flight. */
    void mark() {
        callsBefore = tally().calls(CANDIDATE);
        skippedBefore = tally().count(Verdict.SKIPPED);
    }

    /**
     * Which share of the calls since {@link #mark} was sampled; what is shed costs less and must not be taken for it.
     */
    double sampledShare() {
        double calls = tally().calls(CANDIDATE) - callsBefore;
        return 1 - (tally().count(Verdict.SKIPPED) - skippedBefore) / calls;
    }

    @Override
    public void settle() {
        long start = System.nanoTime();
        while (tally().inFlight() > 0) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                throw new IllegalStateException("still in flight: " + tally().inFlight() + " of " + tally());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        scientist.close();
    }
}
