package dev.scientist.benchmarks.caller;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.benchmarks.caller.Rivals.BareExecuteCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.caller.Rivals.ShadowToolCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** G4, the wake-ups: counts the threads that a call wakes, no matter which thread wakes them. */
final class WakeUps {

    private static final String PER_CALL = "per call";
    private static final long BRIEF_NANOS = 1_000;
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(6); // enough for every thread to park again
    private static final int WARM_CALLS = 50;
    private static final double TOLERANCE = 0.02; // a call in fifty that finds its worker not yet parked

    private WakeUps() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work brief = Work.lasting(BRIEF_NANOS);
        Sides candidateLast = new Sides(brief::answer, () -> late(brief));
        Sides primaryLast = new Sides(() -> late(brief), brief::answer);
        int calls = effort.pick(150, 500);
        double ours = wakeUps(unlogged(Start.IMMEDIATE, candidateLast), calls);
        return List.of(Goal.exactly(
                        "G4",
                        "immediate mode: wake-ups per call, exactly one",
                        Spread.once(ours),
                        1,
                        TOLERANCE,
                        PER_CALL)
                .beside("if the primary ends last", wakeUps(Start.IMMEDIATE, primaryLast, calls), PER_CALL)
                .beside(
                        "with the default log publisher",
                        Spread.once(wakeUps(OurCall.sampled(Start.IMMEDIATE, candidateLast), calls)),
                        PER_CALL)
                .beside("ours, default mode", wakeUps(Start.POLLED, candidateLast, calls), PER_CALL)
                .beside("bare execute", Spread.once(wakeUps(new BareExecuteCall(candidateLast), calls)), PER_CALL)
                .beside("Scientist4J candidate-only", wakeUps(candidateLast, calls), PER_CALL)
                .beside("shadow-tool", Spread.once(wakeUps(new ShadowToolCall(candidateLast), calls)), PER_CALL)
                .note("parks of any thread of the engine, or of the rival's pool, that ended before their time, whoever"
                        + " ended them, from the jdk.ThreadPark events of Flight Recorder; one call every 6 ms, one"
                        + " side of which takes 3 ms. In default"
                        + " mode, and if the primary ends last, the dispatcher wakes a worker, not the caller"));
    }

    /** Waits, so that the other side has time to end even on a busy machine. */
    private static Answer late(Work brief) {
        Stopwatch.pause(LATE_NANOS); // every park ends in time, so none counts as a wake-up
        return brief.answer();
    }

    private static Spread wakeUps(Start start, Sides sides, int calls) throws Exception {
        return Spread.once(wakeUps(unlogged(start, sides), calls));
    }

    private static Spread wakeUps(Sides sides, int calls) throws Exception {
        return Spread.once(wakeUps(new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides), calls));
    }

    private static OurCall unlogged(Start start, Sides sides) {
        return OurCall.in(Scientist.builder().logging(false), options -> options.start(start), sides);
    }

    private static double wakeUps(Contender contender, int calls) throws Exception {
        try (contender) {
            call(contender, WARM_CALLS);
            try (FlightRecord record = FlightRecord.ofParks()) {
                call(contender, calls);
                return (double) record.wakeUps() / calls;
            }
        }
    }

    private static void call(Contender contender, int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            contender.call();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        contender.settle();
    }
}
