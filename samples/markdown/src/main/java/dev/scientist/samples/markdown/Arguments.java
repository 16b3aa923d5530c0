package dev.scientist.samples.markdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param json the file for the JSON report, or null for no such report
 * @param html the file for the HTML report, or null for no such report
 * @param documents how many documents to generate
 * @param threads how many threads call the experiments
 * @param seed the seed from which the documents are generated
 */
record Arguments(@Nullable Path json, @Nullable Path html, int documents, int threads, long seed) {

    static final String USAGE = """
            Usage: ./demo markdown [--json FILE] [--html FILE] [--documents N] [--threads N] [--seed N]

              --json FILE      write the report as JSON
              --html FILE      write the report as one self-contained HTML page
              --documents N    how many documents to generate, 1 to 100000; default 5000
              --threads N      how many threads call, 1 to 64; default 4
              --seed N         which documents to generate; default 42
              --help           print this
            """;

    private static final List<String> OPTIONS = List.of("--json", "--html", "--documents", "--threads", "--seed");

    /** A command line that asks for something impossible; the message names option, rule and value. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Arguments parse(String... words) throws UsageException {
        Map<String, String> values = values(words);
        int documents = (int) number(values, "--documents", 5000, 1, 100_000);
        int threads = (int) number(values, "--threads", 4, 1, 64);
        long seed = number(values, "--seed", 42, Long.MIN_VALUE, Long.MAX_VALUE);
        Path json = file(values, "--json");
        Path html = file(values, "--html");
        if (json != null && json.equals(html)) {
            throw new UsageException("--json and --html must be different files but both were " + json);
        }
        return new Arguments(json, html, documents, threads, seed);
    }

    private static Map<String, String> values(String... words) throws UsageException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            String option = words[i];
            if (!OPTIONS.contains(option)) {
                throw new UsageException("option must be one of " + String.join(", ", OPTIONS) + " but was " + option);
            }
            if (i + 1 == words.length || OPTIONS.contains(words[i + 1])) {
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

    private static @Nullable Path file(Map<String, String> values, String option) throws UsageException {
        String value = values.get(option);
        if (value == null) {
            return null;
        }
        try {
            Path file = Path.of(value).toAbsolutePath().normalize();
            probe(file);
            return file;
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(option + " must be a file that can be written but was \"" + value + "\"");
        }
    }

    // Opens the file, because no other test is reliable. This does not change the content of an existing file.
    private static void probe(Path file) throws IOException {
        boolean isNew = Files.notExists(file);
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
        if (isNew) {
            Files.delete(file);
        }
    }
}
