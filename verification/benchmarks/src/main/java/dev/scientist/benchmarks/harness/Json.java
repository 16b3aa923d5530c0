package dev.scientist.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes results, and carries goals from one process to the other. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** Writes the results to a file, which is made with its folders where it is not there. */
    public static void write(Results results, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text(results) + System.lineSeparator());
    }

    static String text(Results results) throws IOException {
        return MAPPER.writeValueAsString(results);
    }

    static void writeGoals(List<Goal> goals, Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), goals);
    }

    static List<Goal> readGoals(Path file) throws IOException {
        return MAPPER.readValue(file.toFile(), new TypeReference<>() {});
    }
}
