package dev.scientist.benchmarks.harness;

/**
 * How much to measure.
 *
 * @param isQuick whether the whole suite has to end within some minutes
 */
public record Effort(boolean isQuick) {

    /** How many interleaved rounds. */
    public int rounds() {
        return isQuick ? 11 : 25;
    }

    /** One of two amounts, of calls or milliseconds. */
    public int pick(int quick, int full) {
        return isQuick ? quick : full;
    }

    /** How it is written on a command line. */
    String argument() {
        return isQuick ? "quick" : "full";
    }

    static Effort of(String argument) {
        return new Effort(argument.equals("quick"));
    }
}
