package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference.Kind;
import dev.scientist.MismatchReservoir.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MismatchReservoirTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final MismatchReservoir reservoir = MismatchReservoir.create();

    private static Trial<Object> trial(String candidate, Instant endedAt, Verdict verdict, Difference... differences) {
        Ruling ruling = Ruling.disagreement(verdict, List.of(differences));
        return new Trial<>(
                "pricing",
                endedAt,
                endedAt,
                Map.of(),
                Map.of(),
                null,
                new Outcome.Returned<>("secret", Duration.ZERO),
                List.of(new Trial.Candidate<>(candidate, new Outcome.Returned<>("secret", Duration.ZERO), ruling)),
                null);
    }

    private static Trial<Object> mismatch(String path) {
        return trial("candidate", NOON, Verdict.MISMATCHED, changed(path));
    }

    private static Difference changed(String path) {
        return Difference.of(path, Kind.CHANGED, "secret", "secret too");
    }

    @Test
    void mismatchesOfOneKindFormAGroup() {
        reservoir.publish(mismatch("/items/1/price"));
        reservoir.publish(mismatch("/items/27/price"));
        reservoir.publish(mismatch("/total"));

        assertThat(reservoir.groups("pricing"))
                .extracting(Group::signature, Group::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("changed /items/*/price [java.lang.String]", 2L),
                        org.assertj.core.groups.Tuple.tuple("changed /total [java.lang.String]", 1L));
    }

    @Test
    @Tag("promise-13")
    @DisplayName("Promise 13: a group shows path, kind and types of one of its differences, and no values")
    void aGroupHasADifferenceWithoutValues() {
        reservoir.publish(
                trial("candidate", NOON, Verdict.MISMATCHED, changed("/a").withSeverity(Difference.Severity.CRITICAL)));
        reservoir.publish(mismatch("/a"));

        Difference difference = reservoir.groups("pricing").get(0).difference();

        assertThat(difference)
                .isEqualTo(
                        changed("/a").withSeverity(Difference.Severity.CRITICAL).withoutValues());
    }

    @Test
    void aTrialCountsOnceInEachGroupItShows() {
        reservoir.publish(trial(
                "candidate", NOON, Verdict.MISMATCHED, changed("/items/1"), changed("/items/2"), changed("/total")));

        assertThat(reservoir.groups("pricing")).hasSize(2).allMatch(group -> group.count() == 1);
    }

    @Test
    void candidatesAreGroupedEachOnItsOwn() {
        reservoir.publish(trial("left", NOON, Verdict.MISMATCHED, changed("/a")));
        reservoir.publish(trial("right", NOON, Verdict.MISMATCHED, changed("/a")));

        assertThat(reservoir.groups("pricing")).extracting(Group::candidate).containsExactlyInAnyOrder("left", "right");
    }

    @Test
    void whatIsNoDisagreementIsNotKept() {
        reservoir.publish(trial("candidate", NOON, Verdict.IGNORED, changed("/a")));
        reservoir.publish(trial("candidate", NOON, Verdict.MATCHED));
        reservoir.publish(trial("candidate", NOON, Verdict.TIMED_OUT));

        assertThat(reservoir.groups("pricing")).isEmpty();
    }

    @Test
    void anExperimentThatNeverDisagreedHasNoGroups() {
        List<Group> groups = reservoir.groups("never heard of");

        assertThat(groups).isEmpty();
    }

    @Test
    @Tag("promise-14")
    @DisplayName("Promise 14: groups are bounded whatever the traffic contains, and nothing is lost")
    void afterAHundredGroupsTheRestIsPooled() {
        for (int i = 0; i < 1_000; i++) {
            reservoir.publish(mismatch("/field" + i + "x"));
        }

        List<Group> groups = reservoir.groups("pricing");

        assertThat(groups).hasSize(101);
        assertThat(groups.get(0))
                .extracting(Group::signature, Group::count, Group::difference)
                .containsExactly("other", 900L, null);
        assertThat(groups.subList(1, 101)).allMatch(group -> group.difference() != null);
        assertThat(groups.stream().mapToLong(Group::count).sum()).isEqualTo(1_000);
        assertThat(groups).allMatch(group -> group.examples().size() <= 3);
    }

    @Test
    @Tag("promise-14")
    @DisplayName("Promise 14: the examples of a group are bounded")
    void aGroupKeepsThreeExamplesOfAnyAge() {
        Set<Integer> kept = new HashSet<>();
        List<Trial<Object>> trials =
                IntStream.range(0, 100).mapToObj(i -> mismatch("/a/" + i)).toList();

        List<Integer> sizes = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            MismatchReservoir fresh = MismatchReservoir.create();
            trials.forEach(fresh::publish);
            List<Trial<?>> examples = fresh.groups("pricing").get(0).examples();
            sizes.add(examples.size());
            examples.forEach(example -> kept.add(trials.indexOf(example)));
        }

        // 600 draws out of 100: the probability that a third of them is never drawn is negligible.
        assertThat(sizes).containsOnly(3);
        assertThat(kept).hasSizeGreaterThan(66).doesNotContain(-1);
    }

    @Test
    void aGroupKnowsItsFirstAndItsLastTrialWhateverTheirOrder() {
        reservoir.publish(trial("candidate", NOON, Verdict.MISMATCHED, changed("/a")));
        reservoir.publish(trial("candidate", NOON.plusSeconds(9), Verdict.MISMATCHED, changed("/a")));
        reservoir.publish(trial("candidate", NOON.minusSeconds(5), Verdict.MISMATCHED, changed("/a")));

        Group group = reservoir.groups("pricing").get(0);

        assertThat(group.firstSeen()).isEqualTo(NOON.minusSeconds(5));
        assertThat(group.lastSeen()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: reading never changes a counter")
    void readingChangesNothing() {
        reservoir.publish(mismatch("/a"));
        List<Group> first = reservoir.groups("pricing");

        List<Group> second = reservoir.groups("pricing");
        reservoir.publish(mismatch("/a"));

        assertThat(second).isEqualTo(first);
        assertThat(first.get(0).count()).isEqualTo(1);
        assertThat(first.get(0).examples()).hasSize(1);
    }

    @Test
    void aGroupShowsNoValues() {
        reservoir.publish(mismatch("/a"));

        String text = reservoir.groups("pricing").toString();

        assertThat(text).contains("pricing", "candidate", "changed /a").doesNotContain("secret");
    }

    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        reservoir.publish(mismatch("/field" + (i % 150) + "x"));
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(reservoir.groups("pricing").stream().mapToLong(Group::count).sum())
                .isEqualTo(4_000);
    }
}
