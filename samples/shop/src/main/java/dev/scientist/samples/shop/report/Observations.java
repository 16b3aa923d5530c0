package dev.scientist.samples.shop.report;

import dev.scientist.Experiment;
import dev.scientist.MismatchReservoir;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads the counts of all experiments from the library. Reading changes nothing, so it may be done at any time. */
@Component
public final class Observations {

    private final Durations durations;
    private final MismatchReservoir mismatches;
    private final Decisions decisions;

    Observations(Durations durations, MismatchReservoir mismatches, Decisions decisions) {
        this.durations = durations;
        this.mismatches = mismatches;
        this.decisions = decisions;
    }

    /** The number of all calls so far, of calls that differ and of late candidates, in one line. */
    public String summary() {
        long calls = 0;
        long disagreements = 0;
        long late = 0;
        for (Observation observation : all()) {
            calls += observation.calls();
            disagreements += observation.disagreements();
            late += observation.late();
        }
        return "%s calls, %s differ, %s late"
                .formatted(Figures.count(calls), Figures.count(disagreements), Figures.count(late));
    }

    /** Says how far an experiment is from a decision. */
    public String progress(String experiment) {
        return experiment + ": " + Decisions.brief(decisions.of(experiment));
    }

    /** All experiments, in the order of their names. */
    List<Observation> all() {
        return durations.experiments().stream().map(this::observe).toList();
    }

    private Observation observe(Experiment<?> experiment) {
        Tally tally = experiment.tally();
        Map<String, Long> verdicts = new LinkedHashMap<>();
        List<Finding> troubles = new ArrayList<>();
        long calls = 0;
        for (Verdict verdict : Verdict.values()) {
            for (Reason reason : Reason.values()) {
                long count = tally.count(experiment.candidates().get(0), verdict, reason);
                if (count > 0) {
                    calls += count;
                    verdicts.put(
                            reason == Reason.NONE ? verdict.tag() : verdict.tag() + " (" + reason.tag() + ")", count);
                }
            }
        }
        long skipped = tally.count(Verdict.SKIPPED);
        long started = calls - skipped;
        if (tally.count(Verdict.UNCOMPARED) > 0) {
            troubles.add(Finding.counted(
                    experiment.name(), Verdict.UNCOMPARED.tag(), tally.count(Verdict.UNCOMPARED), started));
        }
        for (Tally.Hook hook : Tally.Hook.values()) {
            if (tally.hookFailures(hook) > 0) {
                troubles.add(
                        Finding.counted(experiment.name(), "failing " + hook.tag(), tally.hookFailures(hook), calls));
            }
        }
        return new Observation(
                experiment.name(),
                verdicts,
                calls,
                skipped,
                disagreements(tally),
                tally.count(Verdict.TIMED_OUT),
                groups(experiment.name(), started),
                accepted(tally),
                tally.notLoadedPlaces(),
                troubles,
                durations.primary(experiment.name()),
                durations.candidate(experiment.name()),
                decisions.of(experiment.name()));
    }

    private static long disagreements(Tally tally) {
        return Stream.of(Verdict.values())
                .filter(Verdict::isDisagreement)
                .mapToLong(tally::count)
                .sum();
    }

    private List<Finding> groups(String experiment, long started) {
        return mismatches.groups(experiment).stream()
                .map(group -> Finding.counted(experiment, group.signature(), group.count(), started))
                .toList();
    }

    private static Map<String, Long> accepted(Tally tally) {
        Map<String, Long> accepted = new LinkedHashMap<>();
        tally.ignoreRules().forEach(rule -> accepted.put(rule, tally.ignored(rule)));
        return accepted;
    }
}
