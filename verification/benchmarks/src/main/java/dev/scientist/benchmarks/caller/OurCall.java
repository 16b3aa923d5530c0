package dev.scientist.benchmarks.caller;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.Implementation;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls an experiment of this library. */
final class OurCall implements Contender {

    private final Scientist scientist;
    private final Experiment<Answer> experiment;
    private final Implementation<Answer, RuntimeException> primary;
    private final Implementation<Answer, RuntimeException> candidate;
    private final TallyWatch watch;

    private OurCall(Scientist scientist, Experiment<Answer> experiment, Sides sides) {
        this.scientist = scientist;
        this.experiment = experiment;
        this.primary = sides.primary();
        this.candidate = sides.candidate();
        this.watch = new TallyWatch(experiment.tally());
    }

    /** Runs an experiment with some options, in a scientist of its own. */
    static OurCall with(Consumer<ExperimentOptions.Builder<Answer>> options, Sides sides) {
        return in(Scientist.builder(), options, sides);
    }

    static OurCall in(Scientist.Builder builder, Consumer<ExperimentOptions.Builder<Answer>> options, Sides sides) {
        Scientist scientist = builder.closeTimeout(Duration.ofMillis(100)).build();
        return new OurCall(scientist, scientist.experiment("benchmark", options), sides);
    }

    /**
     * Runs an experiment with the defaults, but as many permits as a scientist has: the calls of a caller that hardly
     * pauses are to be sampled, not shed.
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

    @Override
    public void mark() {
        watch.mark();
    }

    double sampledShare() {
        return watch.sampledShare();
    }

    @Override
    public void settle() {
        watch.settle();
    }

    @Override
    public void close() {
        scientist.close();
    }
}
