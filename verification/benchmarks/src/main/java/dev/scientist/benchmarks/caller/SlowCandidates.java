package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.OURS;

import dev.scientist.ExperimentOptions;
import dev.scientist.Verdict;
import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.caller.Rivals.ShadowToolCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * G6: runs a candidate a hundred times slower than the primary with two callers that never pause, and a deadline that
 * some candidates miss.
 */
final class SlowCandidates {

    private static final long PRIMARY_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
    private static final int TIMES_SLOWER = 100;
    private static final Duration DEADLINE = Duration.ofMillis(20);
    private static final int CALLERS = 2;
    private static final int SAMPLES = 8;
    private static final double MEGABYTE = 1 << 20;
    private static final String COMPUTING = "ours, candidate that computes";

    private SlowCandidates() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(PRIMARY_NANOS);
        Work hundredfold = Work.lasting(PRIMARY_NANOS * TIMES_SLOWER);
        SlowCandidate slow = new SlowCandidate(work.known(), PRIMARY_NANOS * TIMES_SLOWER, DEADLINE);
        Sides waiting = new Sides(work::answer, slow::answer);
        Sides computing = new Sides(work::answer, () -> {
            hundredfold.answer();
            return work.known();
        });
        List<Goal> goals = new ArrayList<>();
        try (Contenders contenders = new Contenders(waiting)
                .add(DIRECT, new DirectCall(waiting))
                .add(OURS, OurCall.with(SlowCandidates::options, waiting))
                .add(COMPUTING, OurCall.with(SlowCandidates::options, computing))) {
            int millis = effort.pick(100, 250);
            Rounds<Burst> rounds = Rounds.play(
                    contenders.byName(), 4, effort.rounds(), contender -> turn(contender, work.known(), millis));
            goals.add(Goal.atMost("G6", "p50 added to a direct call", added(rounds, OURS), 150, "ns")
                    .beside(DIRECT, rounds.spread(DIRECT, Burst::p50), "ns")
                    .beside(OURS, rounds.spread(OURS, Burst::p50), "ns")
                    .beside("calls in the same time", calls(rounds, OURS), "times the direct ones")
                    .beside(COMPUTING + ", adds", added(rounds, COMPUTING), "ns")
                    .beside("its calls in the same time", calls(rounds, COMPUTING), "times the direct ones")
                    .note("the candidate waits; beside it one that computes, and takes the processor from callers"));
        }
        Endurance endurance = endure(waiting, slow, effort.pick(3_000, 10_000));
        goals.addAll(endurance.goals(backlogs(waiting)));
        return goals;
    }

    private static void options(ExperimentOptions.Builder<Answer> options) {
        options.candidateTimeout(DEADLINE);
    }

    private static Spread added(Rounds<Burst> rounds, String ours) {
        return rounds.spread(ours, DIRECT, (mine, direct) -> mine.p50() - direct.p50());
    }

    private static Spread calls(Rounds<Burst> rounds, String ours) {
        return rounds.spread(ours, DIRECT, (mine, direct) -> mine.calls() / direct.calls());
    }

    private record Burst(double p50, double calls) {}

    private static Burst turn(Contender contender, Answer expected, int millis) throws Exception {
        Callers callers = Callers.start(contender, expected, CALLERS);
        Stopwatch.pauseMillis(millis);
        double calls = callers.stop();
        contender.settle();
        return new Burst(callers.timing().p50(), calls);
    }

    /** Makes one long run, in which library and benchmark both count everything. */
    private static Endurance endure(Sides sides, SlowCandidate slow, int millis) throws Exception {
        try (OurCall ours = OurCall.with(SlowCandidates::options, sides);
                FlightRecord record = FlightRecord.ofThrowables()) {
            long startedBefore = slow.started();
            Callers callers = Callers.start(ours, sides.primaryAnswer(), CALLERS);
            double[] heap = new double[SAMPLES];
            int mostInFlight = 0;
            Stopwatch.pauseMillis(millis / SAMPLES); // fills queue and permits
            for (int i = 0; i < SAMPLES; i++) {
                Stopwatch.pauseMillis(millis / SAMPLES);
                mostInFlight = Math.max(mostInFlight, ours.tally().inFlight());
                heap[i] = Memory.afterCollection() / MEGABYTE;
            }
            long submitted = callers.stop();
            ours.settle();
            Map<String, Long> throwables = throwables(record);
            return new Endurance(
                    submitted,
                    ours.tally().count(Verdict.MATCHED),
                    ours.tally().count("candidate", Verdict.SKIPPED, Verdict.Reason.SATURATED),
                    ours.tally().count(Verdict.TIMED_OUT),
                    slow.started() - startedBefore,
                    Spread.of(heap),
                    Arrays.stream(heap).max().orElse(0) - heap[0],
                    mostInFlight,
                    throwables);
        }
    }

    /** Returns what the recording saw; constructs one exception itself, left out, to show that it sees exceptions. */
    private static Map<String, Long> throwables(FlightRecord record) throws IOException, InterruptedException {
        Thread thread = new Thread(Control::new, Callers.THREAD);
        thread.start();
        thread.join();
        Map<String, Long> seen = record.throwables();
        if (seen.remove(Control.class.getName()) == null) {
            throw new IllegalStateException("Flight Recorder does not see exceptions");
        }
        return seen;
    }

    private static final class Control extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** How many tasks or threads rivals have piled up after 0.3 s under the same callers. */
    private static Map<String, Integer> backlogs(Sides sides) throws Exception {
        int millis = 300;
        Scientist4jCall scientist4j = new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides);
        ShadowToolCall shadowTool = new ShadowToolCall(sides);
        try (scientist4j;
                shadowTool) {
            Callers callers = Callers.start(scientist4j, sides.primaryAnswer(), CALLERS);
            Stopwatch.pauseMillis(millis);
            int queued = scientist4j.queued();
            callers.stop();
            scientist4j.close();
            callers = Callers.start(shadowTool, sides.primaryAnswer(), CALLERS);
            Stopwatch.pauseMillis(millis);
            int threads = shadowTool.threads();
            callers.stop();
            return Map.of("Scientist4J candidate-only, queued", queued, "shadow-tool, threads", threads);
        }
    }

    /** A candidate that waits before it answers, at times past its deadline, and goes on if it is interrupted. */
    private static final class SlowCandidate {

        private static final int LATE_EVERY = 500;
        private static final int TIMES_DEADLINE = 3;

        private final Answer answer;
        private final long usualNanos;
        private final long lateNanos;
        private final AtomicLong started = new AtomicLong();

        SlowCandidate(Answer answer, long usualNanos, Duration deadline) {
            this.answer = answer;
            this.usualNanos = usualNanos;
            this.lateNanos = deadline.toNanos() * TIMES_DEADLINE;
        }

        Answer answer() {
            boolean isLate = started.incrementAndGet() % LATE_EVERY == 0;
            long end = System.nanoTime() + (isLate ? lateNanos : usualNanos);
            boolean interrupted = false;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
                interrupted |= Thread.interrupted(); // an interrupted thread does not park
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        /** The number of times it was called. */
        long started() {
            return started.get();
        }
    }
}
