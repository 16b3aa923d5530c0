package dev.scientist.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The results of a suite; the shape of its JSON file.
 *
 * @param benchmark the suite's name
 * @param quick whether less was measured to save time
 * @param date when it began, ISO 8601 in UTC
 * @param machine processor, cores, memory, operating system
 * @param jdk the Java machine
 * @param loadAverage over the last minute, read at the end: if it is well above 1 plus the suite's own threads, others
 *     were using the machine
 * @param goals the claims
 */
public record Results(
        String benchmark,
        boolean quick,
        String date,
        String machine,
        String jdk,
        double loadAverage,
        List<Goal> goals) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the list. */
    public Results {
        goals = List.copyOf(goals);
    }

    /** Whether every claim could be examined, met or not. */
    public boolean areComplete() {
        return goals.stream().allMatch(Goal::isMeasured);
    }

    /** Writes the results to a file, and creates its folders if they do not exist. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, MAPPER.writeValueAsString(this) + System.lineSeparator());
    }

    /** Writes goals for another process to read. */
    static void writeGoals(List<Goal> goals, Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), goals);
    }

    /** Reads the goals that another process wrote. */
    static List<Goal> readGoals(Path file) throws IOException {
        return MAPPER.readValue(file.toFile(), new TypeReference<>() {});
    }
}
