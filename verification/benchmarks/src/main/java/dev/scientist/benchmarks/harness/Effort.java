package dev.scientist.benchmarks.harness;

/**
 * How much to measure.
 *
 * @param isQuick whether the whole suite has to end within some minutes
 * @param seed of what is drawn at random
 */
public record Effort(boolean isQuick, long seed) {

    /** The seed where none was asked for. */
    public static final long DEFAULT_SEED = 42;

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
        return (isQuick ? "quick:" : "full:") + seed;
    }

    static Effort of(String argument) {
        int colon = argument.indexOf(':');
        return new Effort(argument.substring(0, colon).equals("quick"), Long.parseLong(argument.substring(colon + 1)));
    }
}
