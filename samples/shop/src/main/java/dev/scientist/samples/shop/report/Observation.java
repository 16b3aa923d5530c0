package dev.scientist.samples.shop.report;

import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One experiment, as the library counted it.
 *
 * @param experiment its name
 * @param verdicts how many calls came to each; with the reason, where there is one, as in {@code skipped (not_sampled)}
 * @param calls the sum of the verdicts
 * @param skipped how many of them started no candidate
 * @param disagreements how many of them ended in a difference that no rule accepted
 * @param late how many candidates missed their deadline
 * @param groups of disagreements, the most frequent first
 * @param accepted how often each ignore rule accepted a difference
 * @param notLoaded how many places of answers were left out of comparisons, because a side had not loaded them
 * @param troubles of hooks and comparisons, which there should be none of
 * @param primary how long it took
 * @param candidate how long it took
 * @param decision whether the candidate may go on
 */
record Observation(
        String experiment,
        Map<String, Long> verdicts,
        long calls,
        long skipped,
        long disagreements,
        long late,
        List<Finding> groups,
        Map<String, Long> accepted,
        long notLoaded,
        List<Finding> troubles,
        Latency primary,
        Latency candidate,
        Decision decision) {

    /** Calls whose candidate was started; those that timed out were not compared, but say something about it all the same. */
    long started() {
        return calls - skipped;
    }

    /** Everything that speaks against the candidate. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(groups);
        if (late > 0) {
            findings.add(Finding.counted(experiment, Verdict.TIMED_OUT.tag(), late, started()));
        }
        if (candidate.isClearlySlowerThan(primary)) {
            findings.add(Finding.slower(experiment, candidate, primary));
        }
        findings.addAll(troubles);
        return findings;
    }
}
