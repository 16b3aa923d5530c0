package dev.scientist.decision;

import dev.scientist.Outcome;
import dev.scientist.Trial;
import dev.scientist.Verdict.Reason;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Stratum.Latency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one candidate in one epoch. Threads: any; only adders are written. Invariant: counts only grow, and the
 * number of strata and buckets is bounded. Consequence: a snapshot may combine counts of different moments, but always
 * contains everything that was counted before it began.
 */
final class EpochCounts {

    private static final int MOST_BUCKETS = 360; // an hour; chosen: a rise of the rate is found long before

    private final String candidate;
    private final List<Epoch> epochs; // none if nobody knows what is compared, and nothing is counted
    private final @Nullable String attribute;
    private final Instant from;
    private final long shedBefore;
    private final Map<String, StratumCounts> strata = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, StratumCounts> recent = new ConcurrentSkipListMap<>();
    private final LongAdder cutOff = new LongAdder();
    private final LongAccumulator until;
    private final @Nullable LatencyCounts latency = HdrHistogramLibrary.IS_PRESENT ? new LatencyCounts() : null;

    /**
     * Begins an epoch.
     *
     * @param attribute whose values are the strata; null if there is one stratum
     * @param shedBefore the number of calls that were shed before it
     */
    EpochCounts(String candidate, List<Epoch> epochs, @Nullable String attribute, Instant from, long shedBefore) {
        this.candidate = candidate;
        this.epochs = epochs;
        this.attribute = attribute;
        this.from = from;
        this.shedBefore = shedBefore;
        this.until = new LongAccumulator(Math::max, from.toEpochMilli());
    }

    void count(Trial<?> trial, Trial.Candidate<?> found) {
        if (epochs.isEmpty()) {
            return;
        }
        if (isCutOff(trial, found)) {
            if (!isLeft(trial, found)) {
                cutOff.increment();
            }
            return;
        }
        Instant endedAt = trial.endedAt();
        stratum(stratumOf(trial)).count(found, trial.replicate());
        bucket(endedAt).count(found, trial.replicate());
        until.accumulate(endedAt.toEpochMilli());
        if (latency != null) {
            latency.count(trial.primary(), found);
        }
    }

    /** Whether the two sides could not be compared for a reason that neither of them caused. */
    private static boolean isCutOff(Trial<?> trial, Trial.Candidate<?> found) {
        return switch (found.reason()) {
            case CANCELLED -> true; // the caller or close() cancelled it
            case POOL, SESSION, EFFECT_REFUSED -> true; // a guard that protects the caller prevented it
            // The primary's answer never came, or was too long to be kept. But a candidate that threw has failed all
            // the same.
            case OVER_BUDGET -> isUnanswered(trial) && found.outcome().kind() != Outcome.Kind.THREW;
            default -> false;
        };
    }

    /** Whether the caller cancelled the call, which says nothing about the answers it would have got. */
    private static boolean isLeft(Trial<?> trial, Trial.Candidate<?> found) {
        return found.reason() == Reason.CANCELLED && isUnanswered(trial);
    }

    private static boolean isUnanswered(Trial<?> trial) {
        return trial.primary().kind() == Outcome.Kind.CANCELLED;
    }

    EvidenceSnapshot snapshot(String experiment, long shed, boolean isReplicated, Instant takenAt) {
        return EvidenceSnapshot.builder(experiment, candidate, from)
                .epochs(epochs)
                .until(Instant.ofEpochMilli(Math.max(until.get(), from.toEpochMilli())))
                .takenAt(takenAt)
                .strata(strata.entrySet().stream()
                        .map(entry -> entry.getValue().stratum(entry.getKey()))
                        .toList())
                .shed(Math.max(0, shed - shedBefore) + cutOff.sum())
                .replicated(isReplicated)
                .primaryLatency(latency == null ? Latency.NONE : latency.primary())
                .candidateLatency(latency == null ? Latency.NONE : latency.candidate())
                .recent(recent.entrySet().stream()
                        .map(entry -> bucket(entry.getKey(), entry.getValue()))
                        .toList())
                .build();
    }

    private static Bucket bucket(long start, StratumCounts counts) {
        Stratum sum = counts.stratum("");
        return Bucket.builder(start)
                .n(sum.n())
                .k(sum.badOrUncompared())
                .failed(sum.failed())
                .pairs(sum.pairs().n(), sum.pairs().grave())
                .build();
    }

    private String stratumOf(Trial<?> trial) {
        if (attribute == null) {
            return Stratum.ALL;
        }
        Object value = trial.attributes().get(attribute);
        return value == null ? Stratum.OTHER : value.toString();
    }

    private StratumCounts stratum(String name) {
        StratumCounts known = strata.get(name);
        if (known != null) {
            return known;
        }
        boolean isFull = strata.size() >= Stratum.MOST + (strata.containsKey(Stratum.OTHER) ? 1 : 0);
        String own = isFull ? Stratum.OTHER : name; // a race adds at most one stratum more for each thread
        return strata.computeIfAbsent(own, unknown -> new StratumCounts(true));
    }

    private StratumCounts bucket(Instant endedAt) {
        long seconds = Bucket.LENGTH.toSeconds();
        long start = Math.floorDiv(endedAt.getEpochSecond(), seconds) * seconds;
        StratumCounts known = recent.get(start);
        if (known != null) {
            return known;
        }
        StratumCounts made = recent.computeIfAbsent(start, unknown -> new StratumCounts(false));
        while (recent.size() > MOST_BUCKETS) {
            if (recent.lastKey() > start) {
                recent.pollLastEntry(); // from a clock that was ahead; it would displace later buckets
            } else {
                recent.pollFirstEntry();
            }
        }
        return made;
    }
}
