package dev.scientist.benchmarks.comparators;

import org.json.JSONObject;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.JSONCompareResult;

/** JSONassert 1.5.3. */
final class JsonAssert {

    static final String NAME = "JSONassert";

    private JsonAssert() {}

    static Contender text() {
        return pair -> {
            String primary = pair.primary().text();
            String candidate = pair.candidate().text();
            return () -> count(JSONCompare.compareJSON(primary, candidate, JSONCompareMode.STRICT));
        };
    }

    static Contender trees() {
        return trees(JSONCompareMode.STRICT);
    }

    static Contender treesInAnyOrder() {
        return trees(JSONCompareMode.NON_EXTENSIBLE);
    }

    private static Contender trees(JSONCompareMode mode) {
        return pair -> {
            JSONObject primary = new JSONObject(pair.primary().text());
            JSONObject candidate = new JSONObject(pair.candidate().text());
            return () -> count(JSONCompare.compareJSON(primary, candidate, mode));
        };
    }

    private static int count(JSONCompareResult result) {
        int located = result.getFieldFailures().size()
                + result.getFieldMissing().size()
                + result.getFieldUnexpected().size();
        return located == 0 && result.failed() ? Contender.SOME : located;
    }
}
