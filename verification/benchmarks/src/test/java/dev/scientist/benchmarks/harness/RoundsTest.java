package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final Map<String, String> contenders = new LinkedHashMap<>();

    RoundsTest() {
        contenders.put("a", "A");
        contenders.put("b", "B");
        contenders.put("c", "C");
    }

    @Test
    void everyContenderHasItsTurnInEachRoundAndAnotherOneBegins() throws Exception {
        List<String> turns = new ArrayList<>();

        Rounds.play(contenders, 0, 4, turns::add);

        assertThat(turns).containsExactly("A", "B", "C", "B", "C", "A", "C", "A", "B", "A", "B", "C");
    }

    @Test
    void warmUpsArePlayedAndNotKept() throws Exception {
        List<String> turns = new ArrayList<>();

        Rounds<Integer> rounds = Rounds.play(contenders, 2, 1, contender -> {
            turns.add(contender);
            return turns.size();
        });

        assertThat(turns).hasSize(9);
        assertThat(rounds.of("a")).containsExactly(7);
    }

    @Test
    void ratiosAreTakenWithinARound() throws Exception {
        Map<String, Integer> factors = new LinkedHashMap<>(Map.of("slow", 3, "fast", 1));
        int[] turns = {0};
        Rounds<Double> rounds = Rounds.play(factors, 0, 5, factor -> {
            int round = turns[0]++ / factors.size(); // later rounds take longer
            return (round + 1.0) * factor;
        });

        Spread ratio = rounds.spread("slow", "fast", (slow, fast) -> slow / fast);

        assertThat(ratio).isEqualTo(new Spread(3, 3, 3, 5));
    }

    @Test
    void whatIsAddedIsHeldAgainstWhatAnotherOneAdds() throws Exception {
        Map<String, Double> latencies = new LinkedHashMap<>(Map.of("direct", 50.0, "ours", 150.0, "rival", 2_050.0));
        Rounds<Double> rounds = Rounds.play(latencies, 0, 3, latency -> latency);

        Spread ratio = rounds.addedRatio("ours", "rival", "direct", figure -> figure);

        assertThat(ratio.median()).isEqualTo(0.05);
    }

    @Test
    void anUnknownContenderIsNamed() throws Exception {
        Rounds<String> rounds = Rounds.play(contenders, 0, 1, contender -> contender);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rounds.of("d"))
                .withMessage("no contender \"d\"; there is [a, b, c]");
    }
}
