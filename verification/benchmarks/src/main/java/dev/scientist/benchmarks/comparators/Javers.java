package dev.scientist.benchmarks.comparators;

import org.javers.core.JaversBuilder;
import org.javers.core.diff.ListCompareAlgorithm;

/** JaVers 7.11.1, on the application's own objects. */
final class Javers {

    static final String NAME = "JaVers";

    private static final org.javers.core.Javers IN_ORDER =
            JaversBuilder.javers().build();
    private static final org.javers.core.Javers ALIGNED = JaversBuilder.javers()
            .withListCompareAlgorithm(ListCompareAlgorithm.LEVENSHTEIN_DISTANCE)
            .build();

    private Javers() {}

    /** Reading the objects from JSON is part of it. */
    static Contender text() {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> differences(
                    IN_ORDER,
                    Document.JACKSON_2.readValue(primary, pair.type()),
                    Document.JACKSON_2.readValue(candidate, pair.type()));
        };
    }

    static Contender objects() {
        return objects(IN_ORDER);
    }

    static Contender alignedObjects() {
        return objects(ALIGNED);
    }

    /** Order does not matter to JaVers where a type says that there is none. */
    static Contender sets() {
        return pair -> {
            Object primary = pair.primary().as(pair.unorderedType());
            Object candidate = pair.candidate().as(pair.unorderedType());
            return () -> differences(IN_ORDER, primary, candidate);
        };
    }

    private static Contender objects(org.javers.core.Javers javers) {
        return pair -> {
            Object primary = pair.primary().as(pair.type());
            Object candidate = pair.candidate().as(pair.type());
            return () -> differences(javers, primary, candidate);
        };
    }

    private static int differences(org.javers.core.Javers javers, Object primary, Object candidate) {
        return javers.compare(primary, candidate).getChanges().size();
    }
}
