package dev.scientist.decision;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.Decision.Subject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions, and reads the trees that this version and earlier ones wrote. A change of the tree, be it one more
 * key or code, raises {@link #VERSION}, and the trees of all versions before are read for ever.
 */
final class DecisionWire {

    /** The version that is written, and the highest that is read. */
    static final int VERSION = 1;

    private DecisionWire() {}

    static Map<String, Object> write(Decision decision) {
        Map<String, Object> tree = Wire.tree(
                "kind", Wire.name(decision.kind()),
                "reasons", decision.reasons().stream().map(DecisionWire::tree).toList());
        return Wire.versioned(VERSION, tree);
    }

    private static Map<String, Object> tree(Reason reason) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("code", Wire.name(reason.code()));
        putIfKnown(tree, "stratum", reason.stratum());
        tree.put("sentence", reason.sentence());
        putIfKnown(tree, "rate", reason.rate() == null ? null : tree(reason.rate()));
        return Collections.unmodifiableMap(tree);
    }

    static Map<String, Object> tree(Rate rate) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("subject", Wire.name(rate.subject()));
        tree.put("n", rate.n());
        tree.put("k", rate.k());
        tree.put("value", rate.value());
        putIfKnown(tree, "lower", rate.lower());
        putIfKnown(tree, "upper", rate.upper());
        tree.put("threshold", rate.threshold());
        tree.put("alpha", rate.alpha());
        tree.put("lnE", rate.lnE());
        tree.put("missing", rate.missing());
        putIfKnown(tree, "missingAtRate", rate.missingAtRate());
        putIfKnown(tree, "time", rate.time() == null ? null : rate.time().toString());
        return Collections.unmodifiableMap(tree);
    }

    private static void putIfKnown(Map<String, Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    static Decision read(Map<?, ?> tree) {
        return WireTree.read("decision", VERSION, tree, DecisionWire::decision);
    }

    private static Decision decision(WireTree tree) {
        return new Decision(tree.constant("kind", Kind.class), tree.parts("reasons", DecisionWire::reason));
    }

    private static Reason reason(WireTree tree) {
        return new Reason(
                tree.constant("code", Code.class),
                tree.ifThere("stratum", WireTree::text),
                tree.ifThere("rate", (reason, key) -> reason.part(key, DecisionWire::rate)),
                tree.text("sentence"));
    }

    private static Rate rate(WireTree tree) {
        Rate.Builder rate = Rate.builder(tree.constant("subject", Subject.class), tree.whole("n"), tree.whole("k"));
        tree.number("value"); // for those who only show it; it is k / n
        Double lower = tree.ifThere("lower", WireTree::number);
        if (lower != null) {
            rate.bounds(lower, tree.number("upper"));
        }
        return rate.tolerated(tree.number("threshold"), tree.number("alpha"))
                .lnE(tree.number("lnE"))
                .missing(tree.count("missing"), tree.ifThere("missingAtRate", WireTree::count))
                .time(tree.ifThere("time", WireTree::duration))
                .build();
    }
}
