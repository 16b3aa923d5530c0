package dev.scientist.decision;

import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.util.Map;

/**
 * Reads evidence from the trees that {@link EvidenceSnapshot#toWire} of this version and earlier ones made. A change of
 * the tree, be it one more key, raises {@link #VERSION}, and the trees of all versions before are read for ever.
 */
final class EvidenceWire {

    /** The version that is written, and the highest that is read. */
    static final int VERSION = 1;

    private EvidenceWire() {}

    static EvidenceSnapshot read(Map<?, ?> tree) {
        return WireTree.read("evidence", VERSION, tree, EvidenceWire::evidence);
    }

    private static EvidenceSnapshot evidence(WireTree tree) {
        return EvidenceSnapshot.builder(tree.text("experiment"), tree.text("candidate"), tree.instant("from"))
                .epochs(tree.parts("epochs", EvidenceWire::epoch, epoch -> epoch))
                .until(tree.instant("until"))
                .takenAt(tree.instant("takenAt"))
                .strata(tree.parts("strata", EvidenceWire::stratum, Stratum::name))
                .shed(tree.count("shed"))
                .replicated(tree.flag("replicated"))
                .primaryLatency(tree.part("primaryLatency", EvidenceWire::latency))
                .candidateLatency(tree.part("candidateLatency", EvidenceWire::latency))
                .recent(tree.parts("recent", EvidenceWire::bucket, Bucket::start))
                .build();
    }

    private static Epoch epoch(WireTree tree) {
        return new Epoch(tree.text("primaryVersion"), tree.text("candidateVersion"), tree.text("rules"));
    }

    private static Stratum stratum(WireTree tree) {
        return Stratum.builder(tree.text("name"))
                .matched(tree.count("matched"))
                .ignored(tree.count("ignored"))
                .critical(tree.count("critical"))
                .major(tree.count("major"))
                .minor(tree.count("minor"))
                .candidateFailed(tree.count("candidateFailed"))
                .primaryFailed(tree.count("primaryFailed"))
                .timedOut(tree.count("timedOut"))
                .uncompared(tree.count("uncompared"))
                .pairs(tree.part("pairs", EvidenceWire::pairs))
                .build();
    }

    private static Pairs pairs(WireTree tree) {
        return Pairs.builder()
                .n(tree.count("n"))
                .missed(tree.count("missed"))
                .grave(tree.part("grave", EvidenceWire::split))
                .any(tree.part("any", EvidenceWire::split))
                .places(tree.parts("places", EvidenceWire::place, Place::path))
                .build();
    }

    private static Place place(WireTree tree) {
        return Place.of(
                tree.text("path"), tree.part("grave", EvidenceWire::split), tree.part("any", EvidenceWire::split));
    }

    private static Split split(WireTree tree) {
        return new Split(tree.count("worse"), tree.count("better"), tree.count("both"));
    }

    private static Latency latency(WireTree tree) {
        return Latency.of(tree.parts("spans", EvidenceWire::span, Span::upTo), tree.count("unanswered"));
    }

    private static Span span(WireTree tree) {
        return new Span(tree.whole("over"), tree.whole("upTo"), tree.count("count"));
    }

    private static Bucket bucket(WireTree tree) {
        return Bucket.builder(tree.whole("start"))
                .n(tree.count("n"))
                .k(tree.count("k"))
                .failed(tree.count("failed"))
                .pairs(tree.count("paired"), tree.part("split", EvidenceWire::split))
                .build();
    }
}
