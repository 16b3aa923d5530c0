package dev.scientist.samples.markdown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;

/** The report as JSON, for programs. The order of the fields is always the same. */
final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    static String of(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("calls", report.calls());
        verdicts(root.putObject("verdicts"), report.verdicts());
        specifications(root.putObject("specifications"), report);
        ObjectNode parts = root.putObject("parts");
        for (Part part : report.parts()) {
            ObjectNode node = parts.putObject(part.key());
            node.put("calls", part.calls());
            verdicts(node.putObject("verdicts"), part.verdicts());
        }
        rates(root.putObject("mismatch_rates"), report);
        decision(root.putObject("decision"), report.decision());
        ObjectNode latency = root.putObject("latency_micros");
        latency(latency.putObject("primary"), report.latencies().primary());
        latency(latency.putObject("candidate"), report.latencies().candidate());
        groups(root, report);
        run(root.putObject("run"), report);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void verdicts(ObjectNode node, Verdicts verdicts) {
        for (Verdict verdict : Verdict.values()) {
            node.put(verdict.tag(), verdicts.count(verdict));
        }
    }

    private static void specifications(ObjectNode node, Report report) {
        for (Specification specification : Specification.values()) {
            Part part = report.part(specification.key());
            node.putObject(part.key())
                    .put("examples", part.calls())
                    .put("mismatched", part.verdicts().count(Verdict.MISMATCHED))
                    .put("candidate_failed", part.verdicts().count(Verdict.CANDIDATE_FAILED));
        }
    }

    private static void rates(ObjectNode node, Report report) {
        for (Part part : report.parts()) {
            ObjectNode rate = node.putObject(part.key())
                    .put("compared", part.verdicts().compared())
                    .put("bad", part.verdicts().bad())
                    .put("rate", part.verdicts().badRate());
            if (part.key().equals(Report.DOCUMENTS)) {
                MismatchBounds bounds = report.documentBounds();
                rate.put("confidence", Report.CONFIDENCE)
                        .put("lower", bounds.lower())
                        .put("upper", bounds.upper());
            }
        }
    }

    private static void decision(ObjectNode node, Decision decision) {
        node.put("kind", decision.kind().tag());
        var reasons = node.putArray("reasons");
        for (Decision.Reason reason : decision.reasons()) {
            reasons.addObject().put("code", reason.code().name()).put("sentence", reason.sentence());
        }
    }

    private static void latency(ObjectNode node, AbstractHistogram histogram) {
        node.put("calls", histogram.getTotalCount());
        Percentiles.of(histogram)
                .forEach((name, nanos) -> node.put(name, (double) nanos / TimeUnit.MICROSECONDS.toNanos(1)));
    }

    private static void groups(ObjectNode root, Report report) {
        var groups = root.putArray("groups");
        for (DifferenceGroup group : report.groups()) {
            ObjectNode node = groups.addObject()
                    .put("title", group.title())
                    .put("kind", group.kind().tag())
                    .put("path", group.path())
                    .put("calls", group.count());
            ObjectNode byPart = node.putObject("calls_by_part");
            report.parts().forEach(part -> byPart.put(part.key(), group.countIn(part)));
            node.putObject("example")
                    .put("origin", group.example().origin())
                    .put("markdown", group.example().markdown())
                    .put("primary", group.example().primary())
                    .put("candidate", group.example().candidate());
        }
    }

    private static void run(ObjectNode node, Report report) {
        node.put("primary", Library.PRIMARY.titleAndVersion())
                .put("candidate", Library.CANDIDATE.titleAndVersion())
                .put("documents", report.arguments().documents())
                .put("threads", report.arguments().threads())
                .put("seed", report.arguments().seed())
                .put("millis", report.elapsed().toMillis())
                .put("java", Runtime.version().toString());
    }
}
