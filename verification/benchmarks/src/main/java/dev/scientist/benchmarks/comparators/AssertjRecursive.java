package dev.scientist.benchmarks.comparators;

import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonDifferenceCalculator;

/** The recursive comparison of AssertJ 3.27.7, on the application's own objects, without its messages. */
final class AssertjRecursive {

    static final String NAME = "AssertJ recursive";

    private static final RecursiveComparisonDifferenceCalculator CALCULATOR =
            new RecursiveComparisonDifferenceCalculator();
    private static final RecursiveComparisonConfiguration IN_ORDER = new RecursiveComparisonConfiguration();
    private static final RecursiveComparisonConfiguration IN_ANY_ORDER = RecursiveComparisonConfiguration.builder()
            .withIgnoreCollectionOrder(true)
            .build();

    private AssertjRecursive() {}

    /** Reading the objects from JSON is part of it. */
    static Contender text() {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> differences(
                    Document.JACKSON_2.readValue(primary, pair.type()),
                    Document.JACKSON_2.readValue(candidate, pair.type()),
                    IN_ORDER);
        };
    }

    static Contender objects() {
        return objects(IN_ORDER);
    }

    static Contender objectsInAnyOrder() {
        return objects(IN_ANY_ORDER);
    }

    private static Contender objects(RecursiveComparisonConfiguration configuration) {
        return pair -> {
            Object primary = pair.primary().as(pair.type());
            Object candidate = pair.candidate().as(pair.type());
            return () -> differences(primary, candidate, configuration);
        };
    }

    private static int differences(Object primary, Object candidate, RecursiveComparisonConfiguration configuration) {
        return CALCULATOR
                .determineDifferences(candidate, primary, configuration)
                .size();
    }
}
