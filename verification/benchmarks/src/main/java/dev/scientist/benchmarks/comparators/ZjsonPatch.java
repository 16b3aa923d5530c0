package dev.scientist.benchmarks.comparators;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonDiff;

/** zjsonpatch 0.4.16: what would make a candidate of the primary, as a JSON Patch. */
final class ZjsonPatch {

    static final String NAME = "zjsonpatch";

    private ZjsonPatch() {}

    static Contender text() {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> JsonDiff.asJson(Document.JACKSON_2.readTree(primary), Document.JACKSON_2.readTree(candidate))
                    .size();
        };
    }

    static Contender trees() {
        return pair -> {
            JsonNode primary = pair.primary().jackson2();
            JsonNode candidate = pair.candidate().jackson2();
            return () -> JsonDiff.asJson(primary, candidate).size();
        };
    }
}
