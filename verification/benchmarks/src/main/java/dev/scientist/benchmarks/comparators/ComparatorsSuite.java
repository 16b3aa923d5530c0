package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** Measures what it costs to compare two answers. */
public final class ComparatorsSuite implements Suite {

    /** The suite {@code comparators}. */
    public ComparatorsSuite() {}

    @Override
    public String name() {
        return "comparators";
    }

    @Override
    public List<Part> parts() {
        return List.of(
                part("G9", "documents of 1 KB, 50 KB and 1 MB, from bytes", FromBytes::measure),
                part("G10", "the same as parsed trees and objects", FromTrees::measure),
                part("G11", "arrays in any order, of 100 to 10 000 elements", InAnyOrder::measure),
                part("G11", "arrays in any order, of 100 000 elements", InAnyOrder.HundredThousand::measure),
                part("insert", "one element inserted at the front of 5 000", Inserted::measure),
                part("G12", "documents 10 000 levels deep", Depth::measure),
                part("G17", "a snapshot of an answer of 2 KB", Snapshots::measure));
    }

    /** Every part has the same heap on every machine. */
    private static Part part(String id, String title, Measurement measurement) {
        return new Part(id, title, () -> List.of("-Xms1g", "-Xmx2g"), measurement);
    }
}
