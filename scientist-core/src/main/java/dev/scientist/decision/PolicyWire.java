package dev.scientist.decision;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.RollbackPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads policies from the trees that {@link DecisionPolicy#toWire} of this version and earlier ones made. A change of
 * the tree, be it one more key, raises {@link #VERSION}, and the trees of all versions before are read for ever.
 */
final class PolicyWire {

    /** The version that is written, and the highest that is read. */
    static final int VERSION = 1;

    private PolicyWire() {}

    static DecisionPolicy read(Map<?, ?> tree) {
        return WireTree.read("policy", VERSION, tree, PolicyWire::policy);
    }

    private static DecisionPolicy policy(WireTree tree) {
        return DecisionPolicy.of(tree.constant("step", Step.class))
                .with(policy -> policy.threshold(tree.number("threshold"))
                        .alpha(tree.number("alpha"))
                        .soak(tree.duration("soak"))
                        .maxAge(tree.duration("maxAge"))
                        .completeness(tree.number("completeness"))
                        .coverage(tree.number("coverage"))
                        .waived(new TreeSet<>(tree.texts("waived")))
                        .latency(tree.part("latency", PolicyWire::latency))
                        .rollback(tree.part("rollback", PolicyWire::rollback))
                        .candidateServes(tree.flag("candidateServes"))
                        .pinned(tree.text("pinned")));
    }

    private static LatencyPolicy latency(WireTree tree) {
        return LatencyPolicy.of(tree.numbers("quantiles"), tree.number("factor"), tree.duration("slack"));
    }

    private static RollbackPolicy rollback(WireTree tree) {
        return RollbackPolicy.of(tree.number("level"), tree.number("buckets"), tree.number("firstContact"));
    }
}
