package dev.scientist.comparators;

import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Snapshots of objects: what is compared is what was stored, and nothing is loaded for it. */
class ObjectSnapshotTest {

    private static final int GRAPHS = 1_000;

    private static List<Difference> differences(ObjectComparator comparator, Object primary, Object candidate) {
        SnapshotFormat format = comparator.snapshot();
        return format.compare(format.write(primary), format.write(candidate)).differences();
    }

    private static List<String> told(List<Difference> differences) {
        return differences.stream()
                .map(difference -> difference + " " + difference.primary() + " " + difference.candidate())
                .toList();
    }

    @Test
    void whatIsLoadedIsComparedAsTheObjectsThemselves() {
        assertThat(LongStream.range(0, GRAPHS)).allSatisfy(seed -> {
            RandomObject.Made made = RandomObject.of(seed);
            RandomObject.Made changed = RandomObject.of(seed, new Random(seed).nextInt(made.leaves()));
            ObjectComparator ruled = objects().ignoring(changed.place());

            assertThat(told(differences(objects(), made.object(), changed.object())))
                    .isEqualTo(told(objects().compare(made.object(), changed.object())))
                    .hasSize(1);
            assertThat(differences(ruled, made.object(), changed.object())).isEmpty();
            assertThat(ruled.rules().hidden(ruled.rules().rules().get(0))).isEqualTo(1);
            assertThat(differences(
                            objects(), made.object(), RandomObject.of(seed).object()))
                    .isEmpty();
        });
    }

    record Order(int id, List<String> lines, Object note) {

        @Override
        public List<String> lines() {
            return List.copyOf(lines); // reads the caller's list
        }
    }

    @Test
    void noAccessorIsCalled() {
        @SuppressWarnings("serial")
        class Untouchable extends ArrayList<String> {
            @Override
            public Object[] toArray() {
                throw new AssertionError("read by an accessor");
            }
        }

        List<Difference> differences =
                differences(objects(), new Order(1, new Untouchable(), "a"), new Order(1, List.of("x"), "a"));

        assertThat(differences).extracting(Difference::path).containsExactly("/lines/0");
    }

    @Test
    void whatTheCallerChangesAfterwardsIsNotSeen() {
        SnapshotFormat format = objects().snapshot();
        List<String> lines = new ArrayList<>(List.of("a"));
        Object document = format.write(new Order(1, lines, Optional.of(lines)));

        lines.clear();

        assertThat(format.compare(document, format.write(new Order(1, List.of("a"), List.of("a"))))
                        .differences())
                .isEmpty();
    }

    @Test
    void oneDocumentIsComparedWithSeveralUnderRulesThatRestructure() {
        SnapshotFormat format = objects()
                .rules(
                        Rule.onPrimary().rename("/id", "/number"),
                        Rule.at("/lines").anyOrder())
                .snapshot();
        Object primary = format.write(Map.of("id", 1, "lines", List.of("a", "b")));

        assertThat(List.of(1, 2))
                .allSatisfy(time -> assertThat(format.compare(
                                        primary, format.write(Map.of("number", 1, "lines", List.of("b", "a"))))
                                .differences())
                        .isEmpty());
    }

    @Test
    void whatCannotBeLookedIntoIsOnlyTheSameAsItself() {
        Supplier<String> lambda = () -> "a";
        Supplier<String> other = () -> "a";
        Order order = new Order(1, List.of(), lambda);

        assertThat(differences(objects(), order, new Order(1, List.of(), lambda)))
                .isEmpty();
        assertThatThrownBy(() -> differences(objects(), order, new Order(1, List.of(), other)))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("at /note, which cannot be looked into");
    }

    @Test
    void whatIsComparedByEqualsStillIs() {
        ObjectComparator comparator = objects().byEquals(Order.class);
        Order order = new Order(1, List.of(), "a");

        assertThat(differences(comparator, List.of(order), List.of(new Order(1, List.of(), "a"))))
                .isEmpty();
        assertThat(differences(comparator, List.of(order), List.of(new Order(2, List.of(), "a"))))
                .extracting(Difference::path)
                .containsExactly("/0");
    }

    @Test
    void aDocumentShowsNoValue() {
        assertThat(objects().snapshot().write(new Order(1, List.of("secret"), "secret")))
                .hasToString("a snapshot of objects");
    }

    @Test
    void whatIsTooDeepCannotBeWritten() {
        Object nested = "a";
        for (int i = 0; i < 300; i++) {
            nested = List.of(nested);
        }
        Object tooDeep = nested;

        assertThatThrownBy(() -> objects().snapshot().write(tooDeep))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("a side's answer is nested deeper than 250 levels");
    }
}
