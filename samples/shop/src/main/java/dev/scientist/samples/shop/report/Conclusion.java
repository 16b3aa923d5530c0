package dev.scientist.samples.shop.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The findings, checked against the seeded defects.
 *
 * @param found the findings of each defect that was found, the most frequent first
 * @param missed the defects that were not found
 * @param unexplained the findings that no defect explains
 */
record Conclusion(Map<SeededDefect, List<Finding>> found, List<SeededDefect> missed, List<Finding> unexplained) {

    static Conclusion of(List<Observation> observations) {
        Map<SeededDefect, List<Finding>> found = new EnumMap<>(SeededDefect.class);
        List<Finding> unexplained = new ArrayList<>();
        List<Finding> all = observations.stream()
                .flatMap(observation -> observation.findings().stream())
                .toList();
        for (Finding finding : all) {
            boolean explained = false;
            for (SeededDefect defect : SeededDefect.values()) {
                if (defect.explains(finding)) {
                    found.computeIfAbsent(defect, first -> new ArrayList<>()).add(finding);
                    explained = true;
                }
            }
            if (!explained) {
                unexplained.add(finding);
            }
        }
        List<SeededDefect> missed = new ArrayList<>(List.of(SeededDefect.values()));
        missed.removeAll(found.keySet());
        return new Conclusion(found, missed, unexplained);
    }

    boolean isAsSeeded() {
        return missed.isEmpty() && unexplained.isEmpty();
    }
}
