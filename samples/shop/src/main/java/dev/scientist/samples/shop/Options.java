package dev.scientist.samples.shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param port the port to listen on; 0 for any free port; null for 8080, or any free port if that is taken
 * @param seconds how long customers call; 0 until they are stopped
 * @param calls how many calls customers make; 0 for no limit
 * @param seed the seed of the sequence of calls
 */
record Options(@Nullable Integer port, int seconds, int calls, long seed) {

    static final String USAGE = """
            Usage: ./demo shop [--port N] [--seconds N] [--calls N] [--seed N]

              --port N       where the shop listens, 0 to 65535, 0 for any free port; default 8080, or any free
                             port if that is taken
              --seconds N    how long its customers call, 0 to 86400, 0 for until Ctrl-C; default 30; so slow a
                             machine that they make fewer than 1500 calls gets more time
              --calls N      how many calls they make instead, 1 to 1000000
              --seed N       which calls they make; default 42
              --help         print this
            """;

    private static final List<String> NAMES = List.of("--port", "--seconds", "--calls", "--seed");

    /** A command line that asks for something impossible; the message names option, rule and value. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... words) throws UsageException {
        Map<String, String> values = values(words);
        if (values.containsKey("--calls") && values.containsKey("--seconds")) {
            throw new UsageException("--calls must not be given together with --seconds: either decides when to end");
        }
        Integer port = values.containsKey("--port") ? (int) number(values, "--port", 0, 0, 65_535) : null;
        int seconds = (int) number(values, "--seconds", 30, 0, 86_400);
        int calls = (int) number(values, "--calls", 0, 1, 1_000_000);
        return new Options(
                port, calls > 0 ? 0 : seconds, calls, number(values, "--seed", 42, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Map<String, String> values(String... words) throws UsageException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            String option = words[i];
            if (!NAMES.contains(option)) {
                throw new UsageException("option must be one of " + String.join(", ", NAMES) + " but was " + option);
            }
            if (i + 1 == words.length || NAMES.contains(words[i + 1])) {
                throw new UsageException(option + " must be followed by a value but there is none");
            }
            if (values.putIfAbsent(option, words[i + 1]) != null) {
                throw new UsageException(option + " must be given once but was given twice");
            }
        }
        return values;
    }

    private static long number(Map<String, String> values, String option, long otherwise, long least, long most)
            throws UsageException {
        String value = values.get(option);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The exception below has a better message.
        }
        throw new UsageException(
                option + " must be a whole number from " + least + " to " + most + " but was \"" + value + "\"");
    }
}
