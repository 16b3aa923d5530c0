package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.benchmarks.comparators.Qualification.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QualifyingTest {

    @Test
    void whoIsWrongOrFailsOrDoesNotEndIsFoundOutInTime() throws Exception {
        Qualifying qualifying = new Qualifying(new Various(), 1e9);

        Map<Case, Map<String, Qualification>> qualifications = qualifying.hold(new Various().lineUp());

        assertThat(qualifications.values())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.values())
                        .extracting(Qualification::state)
                        .containsExactly(
                                State.RIGHT, State.WRONG, State.REFUSED, State.FAILED, State.FAILED, State.OVER));
        assertThat(qualifications.values())
                .last()
                .satisfies(each ->
                        assertThat(each.get("endless").said()).isEqualTo("over 1 s, already at small, differing"));
    }

    /** All that may happen. */
    public static final class Various implements LineUp.Source {

        public Various() {}

        @Override
        public LineUp lineUp() {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put("right", pair -> () -> 1);
            contenders.put("wrong", pair -> () -> 0);
            contenders.put("refusing", pair -> () -> {
                throw new IllegalStateException("no");
            });
            contenders.put("failing", pair -> () -> {
                throw new StackOverflowError();
            });
            contenders.put("dying", pair -> () -> {
                Runtime.getRuntime().halt(1);
                return 1;
            });
            contenders.put("endless", pair -> () -> {
                new CountDownLatch(1).await();
                return 1;
            });
            return new LineUp(contenders, List.of(differing("small"), differing("large")));
        }

        private static Case differing(String size) {
            return Case.exactly(
                    "family",
                    "differing",
                    size,
                    1,
                    () -> new Pair(new Document("1"), new Document("2"), Object.class, Object.class));
        }
    }
}
