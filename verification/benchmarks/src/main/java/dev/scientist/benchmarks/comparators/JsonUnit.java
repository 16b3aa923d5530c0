package dev.scientist.benchmarks.comparators;

import java.math.BigDecimal;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.Option;
import net.javacrumbs.jsonunit.core.internal.Diff;

/** json-unit 6.2.0, told to compare numbers by value, as its documentation recommends. */
final class JsonUnit {

    static final String NAME = "json-unit";

    private static final Configuration IN_ORDER = Configuration.empty().withTolerance(BigDecimal.ZERO);
    private static final Configuration IN_ANY_ORDER = IN_ORDER.withOptions(Option.IGNORING_ARRAY_ORDER, new Option[0]);

    private JsonUnit() {}

    static Contender text() {
        return pair -> {
            String primary = pair.primary().text();
            String candidate = pair.candidate().text();
            return () -> differences(primary, candidate, IN_ORDER);
        };
    }

    static Contender trees() {
        return trees(IN_ORDER);
    }

    static Contender treesInAnyOrder() {
        return trees(IN_ANY_ORDER);
    }

    private static Contender trees(Configuration configuration) {
        return pair -> {
            Object primary = pair.primary().jackson2();
            Object candidate = pair.candidate().jackson2();
            return () -> differences(primary, candidate, configuration);
        };
    }

    private static int differences(Object primary, Object candidate, Configuration configuration) {
        int[] differences = {0};
        Diff.create(
                        primary,
                        candidate,
                        "candidate",
                        "",
                        configuration.withDifferenceListener((difference, context) -> differences[0]++))
                .similar();
        return differences[0];
    }
}
