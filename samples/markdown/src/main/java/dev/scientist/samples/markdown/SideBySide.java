package dev.scientist.samples.markdown;

import dev.scientist.Experiment;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.decision.Decision;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs both libraries side by side, with one experiment for each specification and one for the generated documents.
 * This is the class to read; the others make its input or report its results.
 */
final class SideBySide {

    /** The attribute of each call with its input, from which the examples are made later. */
    static final String MARKDOWN = "markdown";

    /** The attribute of each call that says where its input comes from. */
    static final String ORIGIN = "origin";

    // Nobody waits for a candidate here, so candidates get enough time even on a slow machine.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // The policy of the first step of a cutover. No soak time is needed, because this load does not change over the
    // day.
    private static final DecisionPolicy POLICY =
            DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT).with(policy -> policy.soak(Duration.ZERO));

    private final MarkdownToHtml primary;
    private final MarkdownToHtml candidate;
    private final Progress progress;
    private final Pace pace = new Pace(PATIENCE);

    SideBySide(MarkdownToHtml primary, MarkdownToHtml candidate, Progress progress) {
        this.primary = primary;
        this.candidate = candidate;
        this.progress = progress;
    }

    Report run(Arguments arguments) throws InterruptedException {
        MismatchReservoir mismatches = MismatchReservoir.create();
        Latencies latencies = new Latencies();
        RateTrail trail = new RateTrail(Load.DOCUMENTS);
        Evidence evidence = Evidence.builder().build();
        Map<Load, Tally> tallies = new LinkedHashMap<>();

        long started = System.nanoTime();
        try (Scientist scientist = Scientist.builder()
                .publisher(mismatches)
                .publisher(latencies)
                .publisher(trail)
                .publisher(evidence)
                .logging(false) // the report shows all of it
                .defaults(options -> options.candidateTimeout(PATIENCE)
                        .comparisonTimeout(PATIENCE)
                        .maxConcurrent(Pace.ENOUGH + arguments.threads()))
                .closeTimeout(PATIENCE)
                .build()) {
            for (Load load : Load.all(arguments)) {
                Experiment<String> experiment = scientist.experiment(
                        load.experiment(),
                        options -> options.comparator(new HtmlComparator()).ignore(BlanksInCode.rule()));
                tallies.put(load, experiment.tally());
                callAll(experiment, load);
            }
        } // close() waits for the last candidates
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        progress.end();

        List<Part> parts = new ArrayList<>();
        Grouping grouping = new Grouping();
        tallies.forEach((load, tally) -> {
            parts.add(new Part(load.key(), load.title(), load.inputs().size(), Verdicts.of(tally)));
            grouping.add(load.key(), mismatches.groups(load.experiment()));
        });
        List<DifferenceGroup> groups = grouping.groups(new Illustrator(primary, candidate));
        Decision decision = Decision.decide(evidence.snapshot(Load.DOCUMENTS), POLICY);
        return new Report(arguments, elapsed, parts, latencies, trail.points(), decision, groups);
    }

    private void callAll(Experiment<String> experiment, Load load) throws InterruptedException {
        progress.begin(load.title(), load.inputs().size(), experiment.tally());
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(load.threads());
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < load.threads(); i++) {
                ends.add(callers.submit(() -> callUntilEnd(experiment, load.inputs(), next)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a caller ended early", e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private void callUntilEnd(Experiment<String> experiment, List<Input> inputs, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < inputs.size(); i = next.getAndIncrement()) {
            pace.await(experiment.tally());
            call(experiment, inputs.get(i));
            progress.advance();
        }
    }

    private void call(Experiment<String> experiment, Input input) {
        try {
            experiment
                    .call()
                    .attribute(MARKDOWN, input.markdown())
                    .attribute(ORIGIN, input.origin())
                    .candidate(() -> candidate.render(input.markdown()))
                    .run(() -> primary.render(input.markdown()));
        } catch (RuntimeException primaryThrew) {
            // The exception reaches the caller as it would without the experiment, and the call has been counted.
        }
    }
}
