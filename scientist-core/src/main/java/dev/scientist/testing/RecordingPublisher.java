package dev.scientist.testing;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.Outcome;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every trial, for tests. Thread-safe; unbounded, so not for production.
 *
 * <p>Its messages show the values of both sides, because a test wants to see them.
 *
 * @since 0.1.0
 */
public final class RecordingPublisher implements TrialPublisher {

    private static final int LONGEST_VALUE = 500;
    private static final int MOST_TRIALS = 10;

    private final Queue<Trial<?>> trials = new ConcurrentLinkedQueue<>();
    // What was declared, and how many of its troubles have been taken.
    private final Map<Experiment<?>, Long> taken = new ConcurrentHashMap<>();

    /** A recorder without trials. */
    public RecordingPublisher() {}

    /**
     * Records every trial of a scientist that is going to be built, and makes its candidates deterministic, whatever the
     * experiment's own options say: on the caller's thread, after the primary, every call sampled. Its condition still
     * decides. Call it last: what is customized afterwards wins.
     *
     * @param builder of the scientist; one at a time, or several to be recorded together
     */
    public void record(Scientist.Builder builder) {
        builder.publisher(this)
                .customizer((name, options) -> options.start(ExperimentOptions.Start.SAME_THREAD)
                        .sampleRate(1)
                        .sampleByKey(false)
                        .maxPerSecond(Integer.MAX_VALUE));
    }

    /** What was recorded so far, in the order of publication; a copy. */
    public List<Trial<?>> trials() {
        return List.copyOf(trials);
    }

    /** Forgets what was recorded, failures of hooks included, and returns the trials: for a test that expects a disagreement. */
    public List<Trial<?>> takeTrials() {
        List<Trial<?>> all = new ArrayList<>();
        for (Trial<?> trial = trials.poll(); trial != null; trial = trials.poll()) {
            all.add(trial);
        }
        taken.replaceAll((experiment, before) -> troubles(experiment));
        return all;
    }

    /**
     * Demands that every recorded trial came to {@link Verdict#MATCHED} or {@link Verdict#IGNORED}, that every candidate that was
     * started has ended, and that no hook failed, which may have kept a candidate from being started at all.
     *
     * @throws AssertionError if not; the message shows where and how the sides differ
     */
    public void assertAllMatched() {
        List<Trial<?>> all = trials();
        List<Trial<?>> wrong = all.stream().filter(RecordingPublisher::isWrong).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(describe(wrong, all.size()));
        }
        taken.forEach(RecordingPublisher::assertNoTrouble);
    }

    @Override
    public void declared(Experiment<?> experiment) {
        taken.put(experiment, 0L);
    }

    @Override
    public void publish(Trial<?> trial) {
        trials.add(trial);
    }

    @Override
    public boolean isInline() {
        return true;
    }

    private static void assertNoTrouble(Experiment<?> experiment, long before) {
        if (experiment.tally().inFlight() > 0) {
            throw new AssertionError(
                    experiment.name() + ": " + experiment.tally().inFlight()
                            + " candidate(s) were started and have not ended; complete what they wait for");
        }
        if (troubles(experiment) > before) {
            String failed = Arrays.stream(Tally.Hook.values())
                    .filter(hook -> experiment.tally().hookFailures(hook) > 0)
                    .map(hook -> hook.tag() + " " + experiment.tally().hookFailures(hook) + " time(s)")
                    .collect(Collectors.joining(", "));
            throw new AssertionError(experiment.name() + ": hooks failed: " + failed + "; the log says where");
        }
    }

    private static long troubles(Experiment<?> experiment) {
        return Arrays.stream(Tally.Hook.values())
                .mapToLong(hook -> experiment.tally().hookFailures(hook))
                .sum();
    }

    private static boolean isWrong(Trial<?> trial) {
        return trial.candidates().stream().anyMatch(RecordingPublisher::isWrong);
    }

    private static boolean isWrong(Trial.Candidate<?> candidate) {
        return candidate.verdict() != Verdict.MATCHED && candidate.verdict() != Verdict.IGNORED;
    }

    private static String describe(List<Trial<?>> wrong, int all) {
        StringBuilder text = new StringBuilder()
                .append(wrong.size())
                .append(" of ")
                .append(all)
                .append(all == 1 ? " trial" : " trials")
                .append(" did not match:");
        wrong.stream().limit(MOST_TRIALS).forEach(trial -> describe(trial, text));
        if (wrong.size() > MOST_TRIALS) {
            text.append("\n  and ").append(wrong.size() - MOST_TRIALS).append(" more");
        }
        return text.toString();
    }

    private static void describe(Trial<?> trial, StringBuilder text) {
        for (Trial.Candidate<?> candidate : trial.candidates()) {
            if (isWrong(candidate)) {
                text.append("\n  ").append(trial.experiment()).append(": ").append(candidate.name());
                text.append(' ').append(candidate.verdict().tag());
                if (candidate.reason() != Verdict.Reason.NONE) {
                    text.append(" (").append(candidate.reason().tag()).append(')');
                }
                if (!trial.attributes().isEmpty()) {
                    text.append(" with ").append(show(trial.attributes()));
                }
                if (candidate.differences().isEmpty()) {
                    text.append("\n    primary:   ").append(show(trial.primary()));
                    text.append("\n    candidate: ").append(show(candidate.outcome()));
                }
                candidate.differences().forEach(difference -> describe(difference, text));
            }
        }
    }

    private static void describe(Difference difference, StringBuilder text) {
        text.append("\n    ").append(difference);
        text.append("\n      primary:   ").append(show(difference.primary()));
        text.append("\n      candidate: ").append(show(difference.candidate()));
    }

    private static String show(Outcome<?> outcome) {
        return outcome.isReturned() ? show(outcome.valueOrNull()) : outcome.toString();
    }

    private static String show(@Nullable Object value) {
        String text;
        try {
            // Arrays.deepToString also for a lone value, because an array's own toString says nothing.
            String inBrackets = Arrays.deepToString(new Object[] {value});
            text = inBrackets.substring(1, inBrackets.length() - 1);
        } catch (Throwable broken) {
            text = Difference.of("", Difference.Kind.CHANGED, value, null).primaryType()
                    + " whose toString failed with " + broken.getClass().getName();
        }
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters)";
    }
}
