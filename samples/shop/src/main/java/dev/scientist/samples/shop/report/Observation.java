package dev.scientist.samples.shop.report;

import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the library counted in one experiment.
 *
 * @param experiment its name
 * @param verdicts the number of calls for each verdict, with its reason if there is one, as in
 *     {@code skipped (not_sampled)}
 * @param calls the sum of the verdicts
 * @param skipped how many of the calls started no candidate
 * @param disagreements how many of the calls ended in a difference that no rule accepted
 * @param late how many candidates missed their deadline
 * @param groups the groups of disagreements, the most frequent first
 * @param accepted how often each ignore rule accepted a difference
 * @param notLoaded how many places of answers were left out of comparisons, because a side had not loaded them
 * @param troubles failures of hooks and comparisons; there should be none
 * @param primary the latency of the primary
 * @param candidate the latency of the candidate
 * @param decision whether the candidate may serve its first callers
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

    /**
     * The number of calls whose candidate was started. Calls that timed out were not compared, but are counted here,
     * because they say something about the candidate too.
     */
    long started() {
        return calls - skipped;
    }

    /** All findings against the candidate. */
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
