package dev.scientist.benchmarks.comparators;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Does the least that comparing arrays in any order can cost: one hash for each subtree, and for an array a multiset of
 * its elements' hashes. It tells whether two documents differ, but not where. Two hashes that are equal by chance
 * mislead it; a comparator must rule that out.
 */
final class MultisetFloor {

    static final String NAME = "floor, a multiset of subtree hashes";

    private static final long FACTOR =
            0x9E3779B97F4A7C15L; // Fibonacci hashing, Knuth, The Art of Computer Programming 3

    private MultisetFloor() {}

    static Contender<JsonNode> trees() {
        return new Contender<>(
                NAME, Document::jackson2, (primary, candidate) -> areEqual(primary, candidate) ? 0 : Contender.SOME);
    }

    static boolean areEqual(JsonNode primary, JsonNode candidate) {
        return hash(primary) == hash(candidate);
    }

    private static long hash(JsonNode node) {
        if (node.isObject()) {
            long sum = 1;
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                sum += mixed(mixed(field.getKey().hashCode()) ^ hash(field.getValue()));
            }
            return mixed(sum);
        }
        if (node.isArray()) {
            Map<Long, Integer> counts = new HashMap<>(2 * node.size());
            for (JsonNode element : node) {
                counts.merge(hash(element), 1, Integer::sum);
            }
            long sum = 2;
            for (Map.Entry<Long, Integer> count : counts.entrySet()) {
                sum += mixed(count.getKey() * 31 + count.getValue());
            }
            return mixed(sum);
        }
        return mixed(node.isNumber() ? Double.hashCode(node.doubleValue()) : node.hashCode());
    }

    private static long mixed(long value) {
        long product = value * FACTOR;
        return product ^ product >>> 32;
    }
}
