package dev.scientist.benchmarks.comparators;

/**
 * The result of letting one contender compare one case.
 *
 * @param state how it ended
 * @param answer the differences it found; 0 if it found nothing out
 * @param nanos processor time of the second of two calls, or the time it had if it did not end
 * @param said the result in words, for the report
 */
record Qualification(State state, int answer, double nanos, String said) {

    enum State {
        /** It found as many differences as there are. */
        RIGHT,
        /** It found another number of differences. */
        WRONG,
        /** It threw an exception, and so left the two uncompared. */
        REFUSED,
        /** It threw an error, or its process has ended. */
        FAILED,
        /** It took more time than it had. */
        OVER
    }

    boolean isRight() {
        return state == State.RIGHT;
    }

    /** Whether it came to an end and claimed nothing wrong. */
    boolean isHonest() {
        return state == State.RIGHT || state == State.REFUSED;
    }

    static Qualification of(Case tried, int answer, double nanos) {
        boolean isRight =
                answer == Contender.SOME ? tried.most() > 0 : answer >= tried.fewest() && answer <= tried.most();
        return isRight
                ? new Qualification(State.RIGHT, answer, nanos, answer + " differences")
                : new Qualification(
                        State.WRONG, answer, nanos, "wrong, finds " + (answer < 0 ? "some" : answer) + " differences");
    }

    static Qualification thrown(Throwable thrown, double nanos) {
        String name = thrown.getClass().getSimpleName();
        return thrown instanceof Exception
                ? new Qualification(State.REFUSED, 0, nanos, "refuses with " + name)
                : new Qualification(State.FAILED, 0, nanos, "fails with " + name);
    }

    static Qualification ended() {
        return new Qualification(State.FAILED, 0, 0, "fails, its process has ended");
    }

    static Qualification over(double nanos, String also) {
        return new Qualification(State.OVER, 0, nanos, "over %.0f s%s".formatted(nanos / 1e9, also));
    }

    /** Writes one line, which {@link #parse} reads. */
    String line() {
        return state + "\t" + answer + "\t" + nanos + "\t" + said;
    }

    static Qualification parse(String line) {
        String[] parts = line.split("\t", -1);
        return new Qualification(
                State.valueOf(parts[0]), Integer.parseInt(parts[1]), Double.parseDouble(parts[2]), parts[3]);
    }
}
