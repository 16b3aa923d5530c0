package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** What comparing two answers costs. */
public final class ComparatorsSuite {

    /** The same heap on every machine. */
    static final List<String> JAVA_OPTIONS = List.of("-Xms1g", "-Xmx2g");

    private ComparatorsSuite() {}

    /** The suite {@code comparators}. */
    public static Suite create() {
        return new Suite(
                "comparators",
                List.of(
                        new TextPart(),
                        new TreesPart(),
                        new UnorderedPart(),
                        new HundredThousandPart(),
                        new InsertedPart(),
                        new DepthPart(),
                        new SnapshotPart()));
    }
}
