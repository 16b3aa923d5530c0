package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Goal GOAL = Goal.atMost("G3", "sampled: p50 added", new Spread(80, 90, 120, 11), 300, "ns")
            .beside("shadow-tool", new Spread(7_000, 7_500, 9_000, 11), "ns")
            .note("paced");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aGoalHasTheFieldsThatOthersRead() throws Exception {
        Path file = folder.resolve("deeper").resolve("caller.json");

        new Results("caller", true, "2026-11-20T00:00:00Z", "a machine", "a JDK", 0.5, List.of(GOAL)).write(file);

        JsonNode results = new ObjectMapper().readTree(Files.readString(file));
        JsonNode goal = results.get("goals").get(0);
        assertThat(results.fieldNames()).toIterable().contains("benchmark", "quick", "date", "machine", "jdk", "goals");
        assertThat(goal.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "statement",
                        "unit",
                        "measured",
                        "limit",
                        "met",
                        "p10",
                        "median",
                        "p90",
                        "rounds",
                        "rivals",
                        "note");
        assertThat(goal.get("measured").doubleValue()).isEqualTo(90);
        assertThat(goal.get("limit").doubleValue()).isEqualTo(300);
        assertThat(goal.get("met").booleanValue()).isTrue();
        assertThat(goal.at("/rivals/shadow-tool/median").doubleValue()).isEqualTo(7_500);
    }

    @Test
    void goalsComeBackFromAnotherProcessAsTheyWere() throws Exception {
        Path file = folder.resolve("goals.json");
        List<Goal> goals = List.of(GOAL, Goal.unmeasured("G4", "it crashed"));

        Results.writeGoals(goals, file);

        assertThat(Results.readGoals(file)).isEqualTo(goals);
    }
}
