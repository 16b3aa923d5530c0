package dev.scientist.benchmarks.caller;

import java.util.concurrent.locks.LockSupport;

/**
 * The work of a side: arithmetic that takes a given time, cannot be left out or precomputed, allocates nothing, and
 * always has the same answer.
 */
final class Work {

    private static final int ANSWERS = 64;
    private static final Answer[] READY = ready();
    private static final int TRIALS = 40;
    private static final int TURNS_PER_TRIAL = 50_000;

    // The seed is not final, so that the compiler has to read it each time.
    private static long seed = 0x9e3779b97f4a7c15L;

    private final int turns;
    private final Answer known;

    private Work(int turns) {
        this.turns = turns;
        this.known = answer(turns);
    }

    /** Work that takes about this long when nothing disturbs it. */
    static Work lasting(long nanos) {
        return new Work((int) Math.max(1, Math.round(nanos / nanosPerTurn())));
    }

    Answer answer() {
        return answer(turns);
    }

    /** The answer, without doing the work. */
    Answer known() {
        return known;
    }

    private static Answer answer(int turns) {
        return READY[(int) mixed(turns) & (ANSWERS - 1)];
    }

    /** Takes the fastest of many trials, because a disturbance only makes a trial longer. */
    private static double nanosPerTurn() {
        long fastest = Long.MAX_VALUE;
        long sum = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            long start = System.nanoTime();
            sum += mixed(TURNS_PER_TRIAL);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        if (sum == 0) { // practically never, but this uses the sum
            LockSupport.parkNanos(1);
        }
        return Math.max(0.1, (double) fastest / TURNS_PER_TRIAL);
    }

    /** Computes Marsaglia's xorshift, in which each step needs the one before. */
    private static long mixed(int turns) {
        long value = seed;
        for (int i = 0; i < turns; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    private static Answer[] ready() {
        Answer[] answers = new Answer[ANSWERS];
        for (int i = 0; i < ANSWERS; i++) {
            answers[i] = new Answer(i);
        }
        return answers;
    }
}
