package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.benchmarks.comparators.Qualification.State;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QualifyingTest {

    @Test
    void whoIsWrongOrFailsOrDoesNotEndIsFoundOutInTime() throws Exception {
        Qualifying qualifying = new Qualifying(new Various(), 1e9);

        Map<Case, Map<String, Qualification>> qualifications = qualifying.run();

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

    /** Has a contender for everything that may happen. */
    static final class Various implements LineUp {

        @Override
        public List<Contender<?>> contenders() {
            return List.of(
                    contender("right", () -> 1),
                    contender("wrong", () -> 0),
                    contender("refusing", () -> {
                        throw new IllegalStateException("no");
                    }),
                    contender("failing", () -> {
                        throw new StackOverflowError();
                    }),
                    contender("dying", () -> {
                        Runtime.getRuntime().halt(1);
                        return 1;
                    }),
                    contender("endless", () -> {
                        new CountDownLatch(1).await();
                        return 1;
                    }));
        }

        @Override
        public List<Case> cases() {
            return List.of(differing("small"), differing("large"));
        }

        private static Contender<String> contender(String name, Contender.Comparison comparison) {
            return new Contender<>(name, Document::text, (primary, candidate) -> comparison.differences());
        }

        private static Case differing(String size) {
            return Case.exactly(
                    "family", "differing", size, 1, () -> new Case.Pair(Document.of("1"), Document.of("2")));
        }
    }
}
