package dev.scientist.benchmarks.caller;

import dev.scientist.Experiment;
import dev.scientist.Implementation;
import dev.scientist.Scientist;
import io.github.rabobank.shadow_tool.ShadowFlow;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Calls whose candidate does not run. The primary is as short as possible, and the two sides are written where they are
 * called, as in an application.
 */
@State(Scope.Benchmark)
public class NotSampledLoops {

    // The answer is a field, as a repository or a client would be; it is not final, so that each call reads it.
    private static Answer stored = new Answer(42);

    private static final int WARM_CALLS = 5_000;
    private static final List<Implementation<Answer, RuntimeException>> OTHER_SIDES =
            List.of(() -> new Answer(42), () -> new Answer(40 + 2), () -> new Answer(6 * 7), () -> stored);
    private static final Scientist SCIENTIST = Scientist.create();
    private static final Experiment<Answer> NOT_SAMPLED =
            warm(SCIENTIST.experiment("not-sampled", options -> options.sampleRate(0)));
    private static final Experiment<Answer> DISABLED =
            warm(SCIENTIST.experiment("disabled", options -> options.enabled(false)));
    private static final WrittenByHand BY_HAND = warm(new WrittenByHand(0));
    private static final ShadowFlow<Answer> SHADOW_FLOW = new ShadowFlow.ShadowFlowBuilder<Answer>(0).build();
    private static final Scientist4jOff SCIENTIST4J = new Scientist4jOff();

    private final Experiment<Answer> notSampled = NOT_SAMPLED;
    private final Experiment<Answer> disabled = DISABLED;
    private final WrittenByHand byHand = BY_HAND;
    private final ShadowFlow<Answer> shadowFlow = SHADOW_FLOW;
    private final Scientist4jOff scientist4j = SCIENTIST4J;

    /** JMH needs a public constructor. */
    public NotSampledLoops() {}

    /** Calls the primary directly. */
    @Benchmark
    public @Nullable Object direct() {
        return stored;
    }

    /** Calls an experiment of this library whose sample rate is 0. */
    @Benchmark
    public @Nullable Object notSampled() {
        return notSampled.run(() -> stored, () -> stored);
    }

    /** Calls an experiment of this library that is disabled. */
    @Benchmark
    public @Nullable Object disabled() {
        return disabled.run(() -> stored, () -> stored);
    }

    /** Calls {@link WrittenByHand}. */
    @Benchmark
    public @Nullable Object writtenByHand() {
        return byHand.run(() -> stored, () -> stored);
    }

    /** Calls shadow-tool at 0 percent. */
    @Benchmark
    public @Nullable Object shadowTool() {
        return shadowFlow.compare(() -> stored, () -> stored);
    }

    /** Calls an experiment of Scientist4J that is not enabled. */
    @Benchmark
    public @Nullable Object scientist4j() throws Exception {
        Supplier<Answer> side = () -> stored;
        return scientist4j.run(side, side);
    }

    /** Calls with several sides, as an application does: the library must not be compiled for the sides of one. */
    private static Experiment<Answer> warm(Experiment<Answer> experiment) {
        for (int i = 0; i < WARM_CALLS; i++) {
            for (Implementation<Answer, RuntimeException> side : OTHER_SIDES) {
                Stopwatch.check(experiment.run(side, side), stored);
            }
        }
        return experiment;
    }

    private static WrittenByHand warm(WrittenByHand gate) {
        for (int i = 0; i < WARM_CALLS; i++) {
            for (Implementation<Answer, RuntimeException> side : OTHER_SIDES) {
                Stopwatch.check(gate.run(side, side), stored);
            }
        }
        return gate;
    }

    /**
     * Scientist4J has no sampling and is switched off by overriding a method; it still times and counts the call.
     */
    private static final class Scientist4jOff extends com.github.rawls238.scientist4j.Experiment<Answer> {
        Scientist4jOff() {
            super("off");
        }

        @Override
        protected boolean enabled() {
            return false;
        }
    }
}
