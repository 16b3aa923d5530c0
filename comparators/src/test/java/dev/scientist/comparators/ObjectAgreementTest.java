package dev.scientist.comparators;

import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for any object graph; thousands of them are made. */
class ObjectAgreementTest {

    private static final int GRAPHS = 2_000;

    @Test
    void aCopyIsEqualAtBothSpeeds() {
        assertThat(LongStream.range(0, GRAPHS)).allSatisfy(seed -> {
            Object object = RandomObject.of(seed).object();
            Object copy = RandomObject.of(seed).object();

            assertThat(objects().seesNoDifference(object, copy)).isTrue();
            assertThat(objects().compareRead(object, copy)).isEmpty();
        });
    }

    @Test
    void oneChangeIsOneDifferenceAtItsPlace() {
        assertThat(LongStream.range(0, GRAPHS)).allSatisfy(seed -> {
            RandomObject.Made made = RandomObject.of(seed);
            RandomObject.Made changed = RandomObject.of(seed, new Random(seed).nextInt(made.leaves()));

            List<Difference> differences = objects().compare(made.object(), changed.object());

            assertThat(differences).extracting(Difference::path).containsExactly(changed.place());
            assertThat(differences).extracting(Difference::candidate).containsExactly("another");
        });
    }

    @Test
    void anIgnoredChangeIsCountedOnce() {
        assertThat(LongStream.range(0, GRAPHS)).allSatisfy(seed -> {
            RandomObject.Made made = RandomObject.of(seed);
            RandomObject.Made changed = RandomObject.of(seed, new Random(seed).nextInt(made.leaves()));
            RuleSet fast = RuleSet.of(Rule.at(changed.place()).ignored());
            RuleSet slow = RuleSet.of(Rule.at(changed.place()).ignored());

            boolean isSeen = objects().rules(fast).seesNoDifference(made.object(), changed.object());
            List<Difference> differences = objects().rules(slow).compareRead(made.object(), changed.object());

            // Not seen where a cycle leads to the same value again, at a place that is not ignored.
            assertThat(differences).isEmpty();
            assertThat(fast.hidden(fast.rules().get(0))).isEqualTo(isSeen ? 1 : 0);
            assertThat(slow.hidden(slow.rules().get(0))).isEqualTo(1);
        });
    }
}
