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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every trial, for tests. It is thread-safe. It keeps trials without limit, so it is not for production.
 *
 * <p>The messages of its errors show the values of both sides, because a test wants to see them.
 *
 * @since 0.1.0
 */
public final class RecordingPublisher implements TrialPublisher {

    private static final int LONGEST_VALUE = 500;
    private static final int MOST_TRIALS = 10;

    private final Queue<Trial<?>> trials = new ConcurrentLinkedQueue<>();
    // The declared experiments, each with the number of its hook failures that takeTrials() has forgotten.
    private final Map<Experiment<?>, Long> taken = new ConcurrentHashMap<>();
    private final AtomicLong published = new AtomicLong();

    /** Creates a recorder without trials. */
    public RecordingPublisher() {}

    /**
     * Records every trial of the Scientist that the builder will build, and makes its candidates run deterministically:
     * on the caller's thread, after the primary, with every call sampled, whatever the experiments' own options say. An
     * experiment's condition still decides. To be called last, because later customizers override this one.
     *
     * @param builder of the Scientist; several may be given to one recorder, and are then recorded together
     */
    public void record(Scientist.Builder builder) {
        builder.publisher(this)
                .customizer((name, options) -> options.start(ExperimentOptions.Start.SAME_THREAD)
                        .sampleRate(1)
                        .sampleByKey(false)
                        .maxPerSecond(Integer.MAX_VALUE));
    }

    /** The trials recorded so far, in the order of publication; a copy. */
    public List<Trial<?>> trials() {
        return List.copyOf(trials);
    }

    /**
     * Returns the recorded trials and forgets them, and forgets the failures of hooks. For a test that expects a
     * disagreement.
     */
    public List<Trial<?>> takeTrials() {
        List<Trial<?>> all = new ArrayList<>();
        for (Trial<?> trial = trials.poll(); trial != null; trial = trials.poll()) {
            all.add(trial);
        }
        taken.replaceAll((experiment, before) -> troubles(experiment));
        return all;
    }

    /**
     * Asserts that the verdict of every recorded trial is {@link Verdict#MATCHED} or {@link Verdict#IGNORED}, that
     * every candidate that was started has ended, and that no hook failed: a failed hook may have kept a candidate from
     * being started.
     *
     * @throws AssertionError if one of these does not hold; the message shows where and how the sides differ
     */
    public void assertAllMatched() {
        List<Trial<?>> all = trials();
        List<Trial<?>> wrong = all.stream().filter(RecordingPublisher::isWrong).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(describe(wrong, all.size()));
        }
        taken.forEach(RecordingPublisher::assertNoTrouble);
    }

    /** The number of trials recorded since this recorder was created; {@link #takeTrials()} does not lower it. */
    public long published() {
        return published.get();
    }

    /**
     * Asserts that a trial was recorded since an earlier moment. A test without any trial would pass whatever the
     * candidates do.
     *
     * @param before the value of {@link #published()} at that moment
     * @throws AssertionError if there was no trial; the message shows how the calls ended, and what to do
     */
    public void assertPublishedSince(long before) {
        if (published.get() > before) {
            return;
        }
        List<String> declared = taken.keySet().stream()
                .map(RecordingPublisher::describeCalls)
                .sorted()
                .toList();
        throw new AssertionError(
                "no trial ran in this test, so it says nothing about any candidate. Experiments so far: "
                        + (declared.isEmpty() ? "none" : String.join("; ", declared))
                        + ". Call what is under experiment, through the bean that Spring injects where it is annotated; look at its"
                        + " condition and whether it is enabled; or do not require trials of this test");
    }

    @Override
    public void declared(Experiment<?> experiment) {
        taken.put(experiment, 0L);
    }

    @Override
    public void publish(Trial<?> trial) {
        trials.add(trial);
        published.incrementAndGet();
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

    private static String describeCalls(Experiment<?> experiment) {
        StringBuilder text = new StringBuilder(experiment.name());
        for (String candidate : experiment.candidates()) {
            text.append(experiment.candidates().size() == 1 ? "" : " [" + candidate + "]");
            text.append(" had ").append(experiment.tally().calls(candidate)).append(" call(s)");
            for (Verdict.Reason reason : Verdict.Reason.values()) {
                long skipped = experiment.tally().count(candidate, Verdict.SKIPPED, reason);
                text.append(skipped == 0 ? "" : ", " + skipped + " skipped (" + reason.tag() + ")");
            }
        }
        return text.toString();
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
                boolean areValuesLeftOut =
                        candidate.differences().stream().allMatch(RecordingPublisher::isWithoutValues);
                if (!areValuesLeftOut) {
                    candidate.differences().forEach(difference -> describe(difference, text));
                } else {
                    // A cleaner has removed the values of the differences; the two cleaned answers are shown instead.
                    candidate
                            .differences()
                            .forEach(difference -> text.append("\n    ").append(difference));
                    text.append("\n    primary:   ").append(show(trial.primary()));
                    text.append("\n    candidate: ").append(show(candidate.outcome()));
                }
            }
        }
    }

    /** Whether a difference had values that were left out. */
    private static boolean isWithoutValues(Difference difference) {
        boolean isOfNulls = difference.primaryType().equals("null")
                && difference.candidateType().equals("null");
        return difference.primary() == null && difference.candidate() == null && !isOfNulls;
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
            // Arrays.deepToString also shows a value that is an array itself, whose own toString says nothing.
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
