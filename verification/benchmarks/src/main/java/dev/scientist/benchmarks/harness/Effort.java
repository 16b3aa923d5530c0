package dev.scientist.benchmarks.harness;

/**
 * The amount to measure.
 *
 * @param isQuick whether the whole suite has to end within some minutes
 * @param seed seeds all random numbers
 */
public record Effort(boolean isQuick, long seed) {

    /** The seed if the user gives none. */
    public static final long DEFAULT_SEED = 42;

    /** The number of interleaved rounds. */
    public int rounds() {
        return isQuick ? 11 : 25;
    }

    /** Picks one of two amounts, of calls or milliseconds. */
    public int pick(int quick, int full) {
        return isQuick ? quick : full;
    }

    /** The form on a command line, which {@link #of} reads. */
    String argument() {
        return (isQuick ? "quick:" : "full:") + seed;
    }

    static Effort of(String argument) {
        int colon = argument.indexOf(':');
        return new Effort(argument.substring(0, colon).equals("quick"), Long.parseLong(argument.substring(colon + 1)));
    }
}
