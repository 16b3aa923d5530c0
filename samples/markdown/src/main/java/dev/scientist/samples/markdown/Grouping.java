package dev.scientist.samples.markdown;

import dev.scientist.Difference;
import dev.scientist.MismatchReservoir;
import dev.scientist.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the groups of all experiments: disagreements with the same signature are one group, whichever part they are
 * from.
 */
final class Grouping {

    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    private final Map<String, List<Trial<?>>> trials = new LinkedHashMap<>();

    void add(String part, List<MismatchReservoir.Group> groups) {
        for (MismatchReservoir.Group group : groups) {
            counts.computeIfAbsent(group.signature(), key -> new LinkedHashMap<>())
                    .put(part, group.count());
            trials.computeIfAbsent(group.signature(), key -> new ArrayList<>()).addAll(group.examples());
        }
    }

    /** The groups, the most frequent first. */
    List<DifferenceGroup> groups(Illustrator illustrator) {
        List<DifferenceGroup> groups = new ArrayList<>();
        counts.forEach((signature, byPart) -> {
            Trial<?> shortest = trials.getOrDefault(signature, List.of()).stream()
                    .min(Comparator.comparingInt(Illustrator::length))
                    .orElseThrow();
            Difference difference = difference(shortest, signature);
            groups.add(new DifferenceGroup(
                    difference.kind(), difference.path(), Map.copyOf(byPart), illustrator.example(shortest)));
        });
        groups.sort(Comparator.comparingLong(DifferenceGroup::count).reversed().thenComparing(DifferenceGroup::title));
        return List.copyOf(groups);
    }

    private static Difference difference(Trial<?> trial, String signature) {
        return trial.disagreements().stream()
                .flatMap(side -> side.differences().stream())
                .filter(difference -> difference.signature().equals(signature))
                .findFirst()
                .orElseGet(() ->
                        Difference.of("", Difference.Kind.CHANGED, null, null)); // the group of all further signatures
    }
}
