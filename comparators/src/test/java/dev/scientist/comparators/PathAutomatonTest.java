package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathAutomatonTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final String[] NAMES = {"a", "b", "0", "10", ""};

    @ParameterizedTest
    @Tag("case-42")
    @CsvSource({
        "/a, /a, true",
        "/a, /ab, false",
        "/ab, /a, false",
        "/a, /a/b, false",
        "/a, /A, false",
        "/a/b, /a/b, true",
        "/items/*/price, /items/0/price, true",
        "/items/*/price, /items/x/price, true",
        "/items/*/price, /items/price, false",
        "/items/*/price, /items/0/1/price, false",
        "/**/etag, /etag, true",
        "/**/etag, /a/0/etag, true",
        "/**/etag, /a/0/etags, false",
        "/a/**, /a, true",
        "/a/**, /a/b/0, true",
        "/a/**, /ab, false",
        "/**, '', true",
        "/**, /a/b, true",
        "'', '', true",
        "'', /a, false",
        "/, /, true",
        "/items/0, /items/0, true",
        "/items/10, /items/1, false",
        "/items/00, /items/0, false",
        "/a~1b, /a~1b, true",
        "/a~2, /a*, true",
        "/**/a/**/b, /x/a/y/b, true",
        "/**/a/**/b, /x/b/y/a, false",
    })
    void aPathNamesPlacesByWholeSegments(String pattern, String place, boolean isNamed) {
        PathState state = walk(RuleSet.of(Rule.at(pattern).uuid()), place);

        assertThat(state.rules() != null).isEqualTo(isNamed);
    }

    @Test
    void theAutomatonAgreesWithARecursiveMatcher() {
        Random random = new Random(7);
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < 5_000; round++) {
            List<String> patterns = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> pattern(random))
                    .toList();
            List<String> place = place(random);
            RuleSet rules = RuleSet.of(
                    patterns.stream().map(path -> Rule.at(path).uuid()).toArray(Rule[]::new));
            PathState state = walk(rules, place.isEmpty() ? "" : "/" + String.join("/", place));
            boolean expected = patterns.stream().anyMatch(path -> matches(segments(path), place));
            if (expected != (state.rules() != null)) {
                wrong.add(patterns + " at " + place);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aPlaceThatNoRuleCanReachHasNoRules() {
        RuleSet rules = RuleSet.of(Rule.at("/items/*/price").within("1"));

        assertThat(walk(rules, "").hasNoRules()).isFalse();
        assertThat(walk(rules, "/items/0").hasNoRules()).isFalse();
        assertThat(walk(rules, "/items/0/price").hasNoRules()).isFalse();
        assertThat(walk(rules, "/items/0/price/x").hasNoRules()).isTrue();
        assertThat(walk(rules, "/items/0/name").hasNoRules()).isTrue();
        assertThat(walk(rules, "/other").hasNoRules()).isTrue();
        assertThat(RuleSet.of().root(NOW).hasNoRules()).isTrue();
    }

    @Test
    @Tag("promise-14")
    void namesOfDocumentsDoNotMakeItGrow() {
        PathState root = RuleSet.of(Rule.at("/**/etag").ignored()).root(NOW);

        List<PathState> reached = IntStream.range(0, 10_000)
                .mapToObj(i -> root.child("name" + i).child(i))
                .distinct()
                .toList();

        assertThat(reached).hasSize(1);
    }

    @Test
    @Tag("promise-14")
    void pathsThatNeedTooManyStatesAreFollowedWithoutKeepingThem() {
        RuleSet rules = RuleSet.of(Rule.at("/**/a/*/*/*/*/*/*/*/*/*/*/*/*/*").uuid());
        Random random = new Random(3);
        List<String> pattern = segments("/**/a/*/*/*/*/*/*/*/*/*/*/*/*/*");
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < 2_000; round++) {
            List<String> place = IntStream.range(0, 20)
                    .mapToObj(i -> random.nextBoolean() ? "a" : "b")
                    .toList();
            PathState state = walk(rules, "/" + String.join("/", place));
            if ((state.rules() != null) != matches(pattern, place)) {
                wrong.add(place.toString());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void goingDownAllocatesNothing() {
        PathState root = RuleSet.of(
                        Rule.at("/items/*/price").within("1"),
                        Rule.at("/**/etag").ignored(),
                        Rule.at("/items/3").uuid())
                .root(NOW);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int withoutRules = descend(root); // makes the states

        long before = threads.getCurrentThreadAllocatedBytes();
        withoutRules += descend(root);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(10_000);
        assertThat(withoutRules).isZero();
    }

    private static int descend(PathState root) {
        int withoutRules = 0;
        for (int i = 0; i < 10_000; i++) {
            PathState state = root.child("items").child(i).child("price");
            withoutRules += state.hasNoRules() ? 1 : 0;
        }
        return withoutRules;
    }

    private static PathState walk(RuleSet rules, String place) {
        PathState state = rules.root(NOW);
        if (place.isEmpty()) {
            return state;
        }
        for (String segment : segments(place)) {
            boolean isIndex = segment.matches("0|[1-9][0-9]*");
            state = isIndex ? state.child(Integer.parseInt(segment)) : state.child(segment.replace("~1", "/"));
        }
        return state;
    }

    private static List<String> segments(String path) {
        return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    private static boolean matches(List<String> pattern, List<String> place) {
        if (pattern.isEmpty()) {
            return place.isEmpty();
        }
        String first = pattern.get(0);
        List<String> rest = pattern.subList(1, pattern.size());
        if (first.equals("**")) {
            return matches(rest, place) || (!place.isEmpty() && matches(pattern, place.subList(1, place.size())));
        }
        return !place.isEmpty()
                && (first.equals("*") || first.equals(place.get(0)))
                && matches(rest, place.subList(1, place.size()));
    }

    private static String pattern(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i <= random.nextInt(5); i++) {
            int choice = random.nextInt(10);
            path.append('/').append(choice < 2 ? "**" : choice < 4 ? "*" : NAMES[random.nextInt(NAMES.length)]);
        }
        return path.toString();
    }

    private static List<String> place(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> NAMES[random.nextInt(NAMES.length)])
                .toList();
    }
}
