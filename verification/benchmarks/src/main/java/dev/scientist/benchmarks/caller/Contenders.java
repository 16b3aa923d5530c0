package dev.scientist.benchmarks.caller;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.benchmarks.caller.Rivals.BareExecuteCall;
import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.caller.Rivals.ShadowToolCall;
import dev.scientist.benchmarks.harness.Latencies;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.LinkedHashMap;
import java.util.Map;

/** The contenders of one part, by name, with the base they are held against. */
public final class Contenders implements AutoCloseable {

    /** The name of the base. */
    public static final String DIRECT = "direct call";

    static final String OURS = "ours";
    static final String IMMEDIATE = "ours, immediate";
    static final String AFTER_PRIMARY = "ours, after primary";
    static final String SCIENTIST4J = "Scientist4J candidate-only";
    static final String SCIENTIST4J_SYNC = "Scientist4J sync";
    static final String SCIENTIST4J_ASYNC = "Scientist4J async";
    static final String SHADOW_TOOL = "shadow-tool";
    static final String EXECUTE = "bare execute";

    private static final int WARM_CALLS = 20_000; // the compiler's last stage begins at 10 000

    private final Map<String, Contender> byName = new LinkedHashMap<>();
    private final Answer expected;

    /** Starts without a contender; both sides must give the same answer every time. */
    Contenders(Sides sides) {
        this(sides.primaryAnswer());
    }

    /** Starts without a contender; all of them must give this answer every time. */
    public Contenders(Answer expected) {
        this.expected = expected;
    }

    /** All contenders, each of which samples every call. */
    static Contenders all(Sides sides) {
        return new Contenders(sides)
                .add(DIRECT, new DirectCall(sides))
                .add(OURS, OurCall.sampled(Start.POLLED, sides))
                .add(IMMEDIATE, OurCall.sampled(Start.IMMEDIATE, sides))
                .add(AFTER_PRIMARY, OurCall.sampled(Start.AFTER_PRIMARY, sides))
                .add(EXECUTE, new BareExecuteCall(sides))
                .add(SHADOW_TOOL, new ShadowToolCall(sides))
                .add(SCIENTIST4J, new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides))
                .add(SCIENTIST4J_SYNC, new Scientist4jCall(Scientist4jCall.Mode.SYNC, sides))
                .add(SCIENTIST4J_ASYNC, new Scientist4jCall(Scientist4jCall.Mode.ASYNC, sides));
    }

    /** Adds a contender, which is closed with this. */
    public Contenders add(String name, Contender contender) {
        byName.put(name, contender);
        return this;
    }

    /** The contenders in the order in which they were added. */
    public Map<String, Contender> byName() {
        return byName;
    }

    Contender get(String name) {
        Contender contender = byName.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("no contender \"" + name + "\"; there is " + byName.keySet());
        }
        return contender;
    }

    OurCall ours(String name) {
        if (get(name) instanceof OurCall ours) {
            return ours;
        }
        throw new IllegalArgumentException("\"" + name + "\" is not one of ours");
    }

    Answer expected() {
        return expected;
    }

    /**
     * Times paced calls in interleaved rounds.
     *
     * @param calls of each contender in each round
     * @param interval between two calls, in nanoseconds; 0 for none
     */
    public Rounds<Timing> time(int rounds, int calls, long interval) throws Exception {
        Latencies warm = new Latencies(WARM_CALLS);
        Rounds.play(byName, 0, 1, contender -> turn(contender, warm, interval / 4));
        byName.values().forEach(Contender::mark);
        Latencies latencies = new Latencies(calls);
        return Rounds.play(byName, 2, rounds, contender -> turn(contender, latencies, interval));
    }

    private Timing turn(Contender contender, Latencies latencies, long interval) throws Exception {
        latencies.clear();
        contender.prepare();
        Stopwatch.paced(contender, latencies, interval, expected);
        contender.settle();
        return latencies.timing();
    }

    @Override
    public void close() {
        byName.values().forEach(Contender::close);
    }
}
